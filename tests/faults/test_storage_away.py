"""What no route foresaw of the disk: a calm 503, and `/healthz` that knows."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from observations.base.errors import StorageError
from pages.shell.middleware import StorageGuard
from tests.browser.server import Server
from tests.faults.disks import fill_disk, small_disk
from tests.pages.api.phone import Phone, noise_jpeg
from tests.support.health import health_of
from tests.support.waits import eventually


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk to put a server's home on."""
    with small_disk(tmp_path / "disk", 300) as folder:
        yield folder


def test_a_full_disk_and_photos_that_went_away_are_said_and_pass(disk: Path) -> None:
    server = Server(disk / "home").start()
    try:
        phone = Phone(server.url)
        photos = server.home / "photos"
        photos.mkdir(exist_ok=True)
        health = f"{server.url}/healthz"
        assert requests.get(health, timeout=9).status_code == 200

        ballast = fill_disk(disk)
        full = health_of(server)
        assert (full.status_code, full.json()["failing"]) == (503, ["disk"])

        def failing() -> list[str]:
            phone.record()  # until the last block of the log is full
            return list(health_of(server).json()["failing"])

        eventually(lambda: failing() == ["writing", "disk"])
        refused = phone.upload(noise_jpeg())
        assert refused.status_code in (503, 507) and "error" in refused.json()
        ballast.unlink()
        assert requests.get(health, timeout=9).status_code == 200

        photos.rename(disk / "elsewhere")
        away = health_of(server)
        assert (away.status_code, away.json()["failing"]) == (503, ["photos"])
        (disk / "elsewhere").rename(photos)
        assert requests.get(health, timeout=9).status_code == 200
    finally:
        server.stop()


def test_forms_say_calmly_that_the_store_is_away() -> None:
    async def failing(scope: object, receive: object, send: object) -> None:
        raise StorageError("no")

    async def read_only(scope: object, receive: object, send: object) -> None:
        raise OSError(30, "Read-only file system")

    async def status(app: object, accept: str) -> tuple[int, str]:
        sent: list[dict[str, object]] = []

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        headers = [(b"accept", accept.encode())]
        scope = {"type": "http", "path": "/recover", "headers": headers, "method": "POST"}
        await StorageGuard(app)(scope, None, send)  # type: ignore[arg-type]
        return int(str(sent[0]["status"])), bytes(sent[1]["body"]).decode()  # type: ignore[arg-type]

    for app in (failing, read_only):
        code, page = asyncio.run(status(app, "text/html"))
        assert code == 503 and "过一会儿再试一次" in page
        code, body = asyncio.run(status(app, "application/json"))
        assert code == 503 and "storage.unavailable" in body
