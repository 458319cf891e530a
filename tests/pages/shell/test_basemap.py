"""`/basemap/…`: our own route to another's tiles."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.parts import runtime
from pages.shell import basemap
from pages.shell.basemap import ROUTES
from tests.observations.places.test_basemap import HERE, PNG, Host
from tests.support.site import Site


@pytest.fixture
def host() -> Iterator[Host]:
    started = Host()
    yield started
    started.server.shutdown()
    started.server.server_close()


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=ROUTES)) as opened:
        yield opened


def test_without_a_setting_there_is_none(client: TestClient) -> None:
    assert client.get("/basemap/10/853/421").status_code == 404
    assert client.get("/basemap/style.json").status_code == 404


def test_tiles_come_by_our_route_and_the_key_stays_here(
    client: TestClient, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_basemap = replace(runtime.settings(), basemap=host.template, basemap_attribution="天地图")
    monkeypatch.setattr(basemap, "settings", lambda: with_basemap)
    style = client.get("/basemap/style.json")
    assert style.json()["sources"]["basemap"]["attribution"] == "天地图"
    [address] = style.json()["sources"]["basemap"]["tiles"]
    assert address == "http://testserver/basemap/{z}/{x}/{y}"
    assert "secret" not in style.text and str(host.server.server_port) not in style.text
    zoom, x, y = HERE
    tile = client.get(f"/basemap/{zoom}/{x}/{y}")
    assert (tile.content, tile.headers["content-type"]) == (PNG, "image/png")
    host.status = 500
    failed = client.get(f"/basemap/{zoom}/{x + 1}/{y}")
    assert failed.status_code == 502 and not failed.content
