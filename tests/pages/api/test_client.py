"""A client generated from `openapi.json` by somebody else's tool talks with a running server."""

import importlib
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.people.consent import CONSENT_VERSION
from pages.api.openapi import OPERATIONS
from tests.pages.api.phone import XIXI, Phone, noise_jpeg

PACKAGE = "green_traces_client"
# The generator reads a body by its media type, and has to be told of these two.
SETTINGS = """
post_hooks: []
content_type_overrides:
  application/zip: application/octet-stream
  image/*: application/octet-stream
"""


class Client:
    """The generated package, with the cookies and the token of a browser that has consented."""

    def __init__(self, url: str, language: str = "en") -> None:
        phone = Phone(url, consents=False, language=language)
        self.models = importlib.import_module(f"{PACKAGE}.models")
        self.types = importlib.import_module(f"{PACKAGE}.types")
        self._client = importlib.import_module(PACKAGE).Client(
            base_url=url,
            cookies=dict(phone.session.cookies),
            headers={"X-CSRF-Token": phone.csrf, "Origin": url},
        )

    def call(self, operation: str, **given: Any) -> Any:
        """The status and what was parsed of the answer."""
        module = importlib.import_module(f"{PACKAGE}.api.default.{operation}")
        return module.sync_detailed(client=self._client, **given)

    def consent(self) -> int:
        """Agree; the status."""
        agreed = {"version": CONSENT_VERSION, "place": True, "photo_licence": "CC BY 4.0"}
        body = self.models.Consent.from_dict(agreed)
        return int(self.call("post_consent", body=body).status_code)


@pytest.fixture(scope="module")
def generated(api_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The package made from the live document, and what the generator complained of."""
    folder: Path = tmp_path_factory.mktemp("client")
    (folder / "settings.yml").write_text(SETTINGS, "utf-8")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    command += ["--url", f"{api_server.url}/api/v1/openapi.json", "--config", "settings.yml"]
    process = subprocess.run(
        [*command, "--output-path", PACKAGE],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield SimpleNamespace(folder=folder / PACKAGE, complaints=process.stdout + process.stderr)


def test_a_client_is_generated_whole(generated: Any) -> None:
    assert "WARNING" not in generated.complaints and "omitted" not in generated.complaints
    modules = {file.stem for file in (generated.folder / "api" / "default").glob("[a-z]*.py")}
    assert len(modules) == len(OPERATIONS)


def test_it_reads_the_checklist(generated: Any, api_url: str) -> None:
    answer = Client(api_url).call("get_taxa", q="btb")
    [bulbul] = answer.parsed.taxa
    assert (bulbul.scientific_name, bulbul.group_name) == ("Pycnonotus sinensis", "Birds")


def test_it_sends_a_photo_and_a_record_with_its_note(generated: Any, api_url: str) -> None:
    client = Client(api_url)
    assert client.consent() == 204
    upload_id, photo = new_id(), client.types.File(payload=noise_jpeg(71))
    sent = client.call("post_media", body=photo, x_upload_id=str(upload_id))  # headers are text
    assert (sent.status_code, sent.parsed.upload_id) == (201, upload_id)
    record = {
        "id": str(new_id()),
        "photos": [str(upload_id)],
        "event_date": (now_utc() - timedelta(hours=1)).isoformat(),
        "place": XIXI,
        "name": "夜鹭",
        "note": "on the left bank",
    }
    answer = client.call("post_records", body=client.models.Record.from_dict(record))
    assert answer.status_code == 201
    assert (str(answer.parsed.id), answer.parsed.status.value) == (record["id"], "received")


def test_it_reads_a_refusal(generated: Any, api_url: str) -> None:
    answer = Client(api_url).call("get_boards_satisfaction", wave="2026Q9")
    assert answer.status_code == 422
    assert answer.parsed.error.code == "satisfaction.no_such_wave"


def test_every_board_of_points_is_read_as_its_own_kind(generated: Any, api_url: str) -> None:
    client = Client(api_url)
    kinds = {"district": "DistrictsBoard", "person": "PeopleBoard", "team": "TeamsBoard"}
    for by, kind in kinds.items():
        answer = client.call("get_boards_points", by=client.models.By(by))
        assert type(answer.parsed).__name__ == kind
