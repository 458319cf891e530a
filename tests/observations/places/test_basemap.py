"""A hosted basemap, against a tile server on loopback."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from observations.places import basemap
from observations.places.basemap import Basemap, is_near_the_city

PNG = b"\x89PNG\r\n\x1a\n" + b"tile"
HERE = (10, 853, 421)  # holds 西湖


class Host:
    """A tile server; `answer` says what it sends."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status, self.body, self.headers = 200, PNG, {"Content-Type": "image/png"}
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked.append(self.path)
                self.send_response(host.status)
                for name, value in host.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(host.body)))
                self.end_headers()
                self.wfile.write(host.body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def template(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/wmts?TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk=secret"


@pytest.fixture
def host() -> Iterator[Host]:
    started = Host()
    yield started
    started.server.shutdown()
    started.server.server_close()


def test_a_tile_is_fetched_once_and_then_comes_from_disk(host: Host, tmp_path: Path) -> None:
    tiles = Basemap(host.template, tmp_path)
    assert tiles.tile(*HERE) == tiles.tile(*HERE) == PNG
    assert host.asked == ["/wmts?TILEMATRIX=10&TILEROW=421&TILECOL=853&tk=secret"]
    host.server.shutdown()
    assert Basemap(host.template, tmp_path).tile(*HERE) == PNG


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, PNG), (403, b""), (302, PNG), (200, b"<html>"), (200, PNG + b"0" * 1_000_001)],
)
def test_what_is_no_tile_is_not_kept(host: Host, tmp_path: Path, status: int, body: bytes) -> None:
    host.status, host.body = status, body
    host.headers["Location"] = "http://127.0.0.1:1/private"
    assert Basemap(host.template, tmp_path).tile(*HERE) is None
    assert len(host.asked) == 1  # no redirect is followed
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


def test_a_host_that_is_gone_leaves_the_old_tile(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiles = Basemap(host.template, tmp_path)
    tiles.tile(*HERE)
    monkeypatch.setattr(basemap, "KEEP_S", -1)
    host.status = 503
    assert tiles.tile(*HERE) == PNG
    assert len(host.asked) == 2


def test_a_host_that_is_silent_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(basemap, "TIMEOUT_S", (0.2, 0.2))
    assert Basemap("http://127.0.0.1:1/{z}/{x}/{y}", tmp_path).tile(*HERE) is None


@pytest.mark.parametrize("place", [(19, 0, 0), (-1, 0, 0), (10, 0, 0), (10, 853, 10**9)])
def test_only_tiles_of_the_city_are_asked_for(
    host: Host, tmp_path: Path, place: tuple[int, int, int]
) -> None:
    assert Basemap(host.template, tmp_path).tile(*place) is None
    assert host.asked == []


def test_the_city_is_near_itself_at_every_zoom() -> None:
    assert is_near_the_city(*HERE)
    assert is_near_the_city(0, 0, 0)
    assert not is_near_the_city(10, 100, 100)
