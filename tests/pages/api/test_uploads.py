"""Uploads under way: they count against the browser and the disk while they come."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.base.clock import now_utc
from observations.base.ids import new_id
from pages.api import bodies
from pages.api.bodies import IN_MEMORY, KEPT_FREE, incoming
from pages.parts import runtime
from pages.parts.session import CSRF_COOKIE, cookies_for
from pages.parts.underway import OF_A_DEVICE, underway
from pages.shell.routes import routes
from tests.pages.api.phone import Phone, noise_jpeg
from tests.support.sightings import phone
from tests.support.site import Site
from tests.support.waits import PATIENCE_S, eventually


def begun(browser: Phone, length: int) -> socket.socket:
    """An upload of which the head has gone and nothing else."""
    host, port = browser.url.removeprefix("http://").split(":")
    cookies = "; ".join(f"{name}={value}" for name, value in browser.session.cookies.items())
    line = socket.create_connection((host, int(port)), timeout=PATIENCE_S)
    line.sendall(
        f"POST /api/v1/media HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {browser.url}\r\n"
        f"Cookie: {cookies}\r\nX-CSRF-Token: {browser.csrf}\r\nX-Upload-Id: {new_id()}\r\n"
        f"Content-Type: image/jpeg\r\nContent-Length: {length}\r\n"
        "Expect: 100-continue\r\n\r\n".encode()
    )
    return line


def status(line: socket.socket) -> int:
    """100 where the body is waited for, else the answer's."""
    return int(line.recv(4096).split()[1])


def test_uploads_under_way_count_while_they_come(api_url: str) -> None:
    browser, neighbour = Phone(api_url), Phone(api_url)
    photo = noise_jpeg(31)
    with ExitStack() as lines:
        open_ones = [lines.enter_context(begun(browser, len(photo))) for _ in range(OF_A_DEVICE)]
        assert [status(line) for line in open_ones] == [100] * OF_A_DEVICE
        assert browser.upload(photo).status_code == 429
        assert neighbour.upload(photo).status_code == 201
        open_ones[0].sendall(photo)
        assert status(open_ones[0]) == 201
        assert browser.upload(photo).status_code == 201
    eventually(lambda: browser.upload(photo).status_code == 201)


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    """A browser that consented, in this process."""
    device_id = phone(runtime.store(), now_utc())
    with_cookies = TestClient(Starlette(routes=routes()))
    for name, value, _ in cookies_for(device_id):
        with_cookies.cookies.set(name, value)
        if name == CSRF_COOKIE:
            with_cookies.headers["X-CSRF-Token"] = value
    yield with_cookies


def test_a_disk_that_fills_while_an_upload_comes_ends_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = iter([KEPT_FREE * 2])  # when it begins
    monkeypatch.setattr(
        bodies.shutil, "disk_usage", lambda _: SimpleNamespace(free=next(free, KEPT_FREE - 1))
    )
    headers = {"X-Upload-Id": str(new_id())}
    answer = client.post("/api/v1/media", content=b"x" * 3 * IN_MEMORY, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (507, "disk.full")
    assert list(incoming().iterdir()) == []
    assert len(underway) == 0
