"""`/api/v1/dwca.zip`: the archive over HTTP."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.base.clock import now_utc
from observations.exchange.archive import archive_file
from observations.exchange.archive.archive_file import forget_archives_of_the_erased
from observations.privacy.erasing import erase
from observations.verification.decisions import Verdict
from pages.parts import runtime
from pages.parts.session import CSRF_COOKIE
from pages.shell.routes import routes
from tests.support.photographs import plain_jpeg
from tests.support.sightings import phone, photo, record, said
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


def test_after_an_erasure_no_archive_on_disk_names_the_person(
    site: Site, client: TestClient
) -> None:
    """Though nobody asks for it again."""
    store = runtime.store()
    device_id = site.arrive(consents=True)
    upload = photo(store, runtime.photos(), device_id, plain_jpeg())
    occurrence_id = record(store, device_id, now=now_utc(), photos=[str(upload)])
    said(store, occurrence_id, Verdict.ACCEPT, now=now_utc())
    [(sha256, _licence)] = store.occurrences.photos(occurrence_id)
    folder = runtime.settings().home / "exports"
    assert sha256 in told(client.get(DWCA).content)
    assert len(list(folder.iterdir())) == 1
    cookies = {**site.cookies}
    form = {"csrf": cookies[CSRF_COOKIE], "confirm": "删除"}
    answer = client.post("/api/v1/erase", data=form, cookies=cookies, follow_redirects=False)
    assert "erased=" in answer.headers["location"]
    assert list(folder.iterdir()) == []
    assert sha256 not in told(client.get(DWCA).content)


def test_an_archive_that_another_process_left_goes_within_a_minute(
    site: Site, client: TestClient
) -> None:
    store = runtime.store()
    device_id = phone(store)
    record(store, device_id)
    client.get(DWCA)
    folder = runtime.settings().home / "exports"
    assert forget_archives_of_the_erased(store, folder) == 0
    erase(store, runtime.photos(), b"s" * 32, device_id, now_utc())
    assert forget_archives_of_the_erased(store, folder) == 1
    assert list(folder.iterdir()) == []


def test_an_erasure_while_an_archive_is_made_is_in_it(
    site: Site, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, now = runtime.store(), now_utc()
    device_id = phone(store)
    upload = photo(store, runtime.photos(), device_id, plain_jpeg())
    occurrence_id = record(store, device_id, photos=[str(upload)])
    said(store, occurrence_id, Verdict.ACCEPT)
    [(sha256, _licence)] = store.occurrences.photos(occurrence_id)
    export = archive_file.export_archive
    times = []

    def export_and_erase(*values: Any) -> int:
        count = export(*values)
        if not times:
            erase(store, runtime.photos(), b"s" * 32, device_id, now)
        times.append(count)
        return count

    monkeypatch.setattr(archive_file, "export_archive", export_and_erase)
    path, _mark = archive_file.current_archive(store, site.home / "exports", "", now)
    assert sha256 not in told(path.read_bytes())
    assert (len(times), list(path.parent.iterdir())) == (2, [path])


def told(archive: bytes) -> str:
    """All the words in an archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return "".join(opened.read(name).decode() for name in opened.namelist())
