"""A recorder that is older or newer than the server: each is told, and nothing is lost."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.base.clock import now_utc
from observations.base.ids import new_id
from pages.api import consent, records
from pages.parts import protocol
from tests.support.site import Site

XIXI = {"latitude": 30.2694, "longitude": 120.0631, "uncertainty_m": 8, "source": "exif"}


def phone(site: Site) -> TestClient:
    site.arrive(consents=True)
    headers = {"X-CSRF-Token": site.cookies["luji_csrf"]}
    routes = [*consent.ROUTES, *records.ROUTES]
    return TestClient(Starlette(routes=routes), cookies=dict(site.cookies), headers=headers)


def record() -> dict[str, object]:
    """As version 1 sent it: nothing in it has changed since."""
    return {
        "id": str(new_id()), "photos": [], "event_date": now_utc().isoformat(), "time_known": True,
        "place": {**XIXI, "name": None, "datum": "WGS-84"}, "taxon_id": None, "name": "夜鹭",
        "group": None, "count": 2, "establishment_means": "wild", "note": "",
        "hide_exact_place": False,
    }  # fmt: skip


def test_the_version_before_says_nothing_and_is_understood(site: Site) -> None:
    answer = phone(site).post("/api/v1/records", json=record())

    assert answer.status_code == 201
    assert protocol.HEADER not in answer.headers


def test_a_recorder_that_says_its_version_is_told_those_of_the_server(site: Site) -> None:
    headers = {protocol.HEADER: str(protocol.NEWEST)}
    answer = phone(site).post("/api/v1/records", json=record(), headers=headers)

    assert answer.status_code == 201
    assert answer.headers[protocol.HEADER] == f"{protocol.OLDEST}-{protocol.NEWEST}"


@pytest.mark.parametrize(
    ("said", "code"),
    [("0", "too_old"), ("", "too_old"), ("-1", "too_old"), ("二", "too_old"), ("99", "too_new"),
     ("9" * 5000, "too_old")],
)  # fmt: skip
def test_a_version_that_is_not_known_is_refused_before_anything_is_stored(
    site: Site, said: str, code: str
) -> None:
    one = phone(site)
    payload = record()
    refused = one.post("/api/v1/records", json=payload, headers={protocol.HEADER: said.encode()})

    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == f"protocol.{code}"
    assert refused.json()["error"]["message"]
    assert refused.headers[protocol.HEADER] == f"{protocol.OLDEST}-{protocol.NEWEST}"
    assert one.post("/api/v1/records", json=payload).json()["status"] == "received"
