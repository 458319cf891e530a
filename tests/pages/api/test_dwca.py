"""`/api/v1/dwca.zip`: the archive over HTTP."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.verification.decisions import Verdict
from pages.parts import runtime
from pages.shell.routes import routes
from tests.support.sightings import phone, record, said
from tests.support.site import Site

DWCA = "/api/v1/dwca.zip"


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes())) as opened:
        yield opened


def rows(answer: Any) -> int:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return archive.read("occurrence.txt").decode().count("\n") - 1


def test_it_is_made_again_only_when_data_changed(client: TestClient) -> None:
    first = client.get(DWCA)
    assert (first.status_code, rows(first)) == (200, 0)
    assert first.headers["content-type"] == "application/zip"
    assert first.headers["access-control-allow-origin"] == "*"
    folder = runtime.settings().home / "exports"
    times = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    device_id = phone(runtime.store())
    waiting = record(runtime.store(), device_id)
    again = client.get(DWCA, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == times
    said(runtime.store(), waiting, Verdict.ACCEPT)
    changed = client.get(DWCA, headers={"If-None-Match": first.headers["etag"]})
    assert (changed.status_code, rows(changed)) == (200, 1)
    assert changed.headers["etag"] != first.headers["etag"]
    assert len(list(folder.iterdir())) == 1  # the old file is gone: a record may be withheld


def test_it_streams_and_can_be_asked_for_in_parts(client: TestClient) -> None:
    whole = client.get(DWCA)
    part = client.get(DWCA, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, whole.content[:4])


def test_what_is_withheld_again_is_gone_at_once(client: TestClient) -> None:
    store = runtime.store()
    occurrence_id = record(store, phone(store))
    said(store, occurrence_id, Verdict.ACCEPT)
    assert rows(client.get(DWCA)) == 1
    said(store, occurrence_id, Verdict.WITHHOLD)
    assert rows(client.get(DWCA)) == 0


def test_production_without_its_address_makes_none(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pages.api.dwca.settings", lambda: replace(runtime.settings(), is_demo=False)
    )
    answer = client.get(DWCA)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "archive.no_address")
    assert not (runtime.settings().home / "exports").exists()
