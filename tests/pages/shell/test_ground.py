"""`/ground/…`: the ground's tiles, sent as they lie in the file; the operator's own come first."""

import gzip
from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.places.ground_file import IMPORTED, SHIPPED, GroundFile, write
from pages.parts import ground as told
from pages.parts import runtime
from pages.shell import ground
from pages.shell.ground import ROUTES
from tests.support.site import Site

NINTH = [(9, x, y) for x in (426, 427) for y in (210, 211)]  # where the picker opens


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=ROUTES)) as opened:
        yield opened


def address(client: TestClient, zoom: int, x: int, y: int) -> str:
    [template] = client.get("/ground/ground.json").json()["tiles"]
    return str(template.format(z=zoom, x=x, y=y))


def test_a_tile_is_sent_as_it_lies_and_kept_for_ever(client: TestClient) -> None:
    answer = client.get(address(client, 9, 426, 210))
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    stored = GroundFile(SHIPPED).tile(9, 426, 210)
    assert stored and int(answer.headers["content-length"]) == len(stored)
    assert answer.content == gzip.decompress(stored)
    plain = client.get(address(client, 9, 426, 210), headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.content == answer.content


def test_the_pickers_first_view_is_under_60_kb(client: TestClient) -> None:
    described = client.get("/ground/ground.json")
    sizes = [int(client.get(address(client, *place)).headers["content-length"]) for place in NINTH]
    assert min(sizes) > 200
    assert sum(sizes) + len(described.content) < 60_000


@pytest.mark.parametrize("place", ["9/0/0", "3/1/1", "30/1/1", "9/511/0"])
def test_outside_the_city_a_tile_is_empty(client: TestClient, place: str) -> None:
    answer = client.get(f"/ground/x/{place}.mvt")
    assert (answer.status_code, answer.content) == (200, b"")


def test_an_old_address_still_gives_a_tile_but_not_for_ever(client: TestClient) -> None:
    answer = client.get("/ground/earlier/9/426/210.mvt")
    assert answer.content and answer.headers["cache-control"] == "no-cache"


def test_the_imported_ground_takes_the_place_of_what_ships_and_a_broken_one_does_not(
    client: TestClient,
) -> None:
    before = address(client, 9, 426, 210)
    own = runtime.settings().home / IMPORTED
    tile = gzip.compress(b"own", mtime=0)
    write(own, [(9, 426, 210, tile)], dict(GroundFile(SHIPPED).metadata))
    after = address(client, 9, 426, 210)
    assert after != before and client.get(after).content == b"own"
    own.write_bytes(b"no file of tiles")
    assert address(client, 9, 426, 210) == before
    own.unlink()


def test_the_credit_is_in_both_languages_and_that_of_a_hosted_basemap_where_there_is_one(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    credits = client.get("/ground/ground.json").json()["credits"]
    assert "OpenStreetMap" in credits["zh"] and "天地图" in credits["zh"]
    assert "contributors (ODbL)" in credits["en"]
    hosted = replace(runtime.settings(), basemap="https://t/{z}/{x}/{y}", basemap_attribution="天")
    monkeypatch.setattr(ground, "settings", lambda: hosted)
    monkeypatch.setattr(told, "settings", lambda: hosted)
    described = client.get("/ground/ground.json").json()
    assert described["format"] == "raster" and described["credits"]["zh"] == "天"
    assert described["tiles"] == ["/basemap/{z}/{x}/{y}"]
