"""Descriptors: who has left holds none, a flood is told in a line, half a request ends."""

import asyncio
import resource
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
import requests
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from pages.parts import connections
from pages.parts.connections import LightLoop, tend_connections
from pages.shell import deadlines
from pages.shell.deadlines import Deadlines
from pages.shell.doors import Door
from tests.browser.server import Server
from tests.support.visits import visit
from tests.support.waits import PATIENCE_S, eventually

VISITORS = 20


def descriptors(process: int | str) -> int:
    """How many a process holds."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def test_visitors_take_a_descriptor_each_and_a_flood_is_told_in_a_line(tmp_path: Path) -> None:
    server = Server(tmp_path / "home").start()
    try:
        held = partial(descriptors, server.process_id)
        with visit(server.url) as first:
            first.open_page()
        eventually(lambda: held() < 40)
        before = held()

        with ExitStack() as crowd:
            for _ in range(VISITORS):
                crowd.enter_context(visit(server.url)).open_page()
            assert held() <= before + VISITORS + 3
        eventually(lambda: held() <= before + 1)

        said = len(server.log(10**9))
        resource.prlimit(server.process_id, resource.RLIMIT_NOFILE, (held() + 8, 4096))
        with ExitStack() as flood:
            for _ in range(40):
                flood.enter_context(socket.create_connection(("localhost", server.port)))
            eventually(lambda: "connections.refused" in server.log(10**9)[said:])
            time.sleep(2.5)  # asyncio tries again every second
        eventually(lambda: requests.get(f"{server.url}/healthz", timeout=9).status_code == 200)
        told = server.log(10**9)[said:]
        assert told.count("connections.refused") == 1 and "Traceback" not in told, told
        assert len(told) < 2000
    finally:
        server.stop()


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A small site with deadlines of half a second."""
    monkeypatch.setattr(connections, "HEAD_S", 0.5)
    monkeypatch.setattr(deadlines, "SILENCE_S", 0.5)
    policy, limits = asyncio.get_event_loop_policy(), resource.getrlimit(resource.RLIMIT_NOFILE)

    async def length(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        tend_connections()
        yield

    site = Starlette(
        routes=[Route("/", length), Route("/recover", length, methods=["POST"])],
        middleware=[Middleware(Deadlines)],
        lifespan=lifespan,
    )
    listening = socket.create_server(("localhost", 0))
    server = uvicorn.Server(uvicorn.Config(site, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    eventually(lambda: server.started)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()
    listening.close()
    asyncio.set_event_loop_policy(policy)
    resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def talk(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """Send the parts one after the other; what the server says until it hangs up."""
    with socket.create_connection(("localhost", port), timeout=PATIENCE_S) as phone:
        for part in parts:
            phone.sendall(part)
            time.sleep(pause)
        return b"".join(iter(lambda: _heard(phone), b""))


def _heard(phone: socket.socket) -> bytes:
    try:
        return phone.recv(65536)
    except ConnectionResetError:
        return b""


GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /recover HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"


@pytest.mark.parametrize(
    "parts",
    [[], [b"GET / HT"], [POST], [b"GET / HTTP/1.1\r\n", b"X: 1\r\n", b"X: 2\r\n"]],
)
def test_a_request_that_never_says_what_it_wants_is_cut_off(port: int, parts: list[bytes]) -> None:
    begun = time.monotonic()
    assert talk(port, *parts) == b""
    assert 0.4 < time.monotonic() - begun < 3


def test_the_second_request_of_a_connection_has_a_deadline_too(port: int) -> None:
    for parts in ([GET + b"GET / HT"], [GET, b"GET / HT"]):
        assert talk(port, *parts, pause=0.1).count(b"200 OK") == 1


def test_a_body_that_stops_is_told_and_a_slow_one_is_waited_for(port: int) -> None:
    assert b" 408 " in talk(port, POST + b"\r\n", b"ab")
    assert b" 408 " in talk(port, POST + b"\r\n")
    slow = talk(port, POST + b"Connection: close\r\n\r\n", b"a", b"b", b"c", b"d", pause=0.3)
    assert b"200 OK" in slow and slow.endswith(b"4")


def test_a_body_that_drips_is_ended_when_its_time_is_over(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never stops for long, so nothing but the time of its door ends it."""
    door = Door("POST", "/recover", "everyone", 100, 1)
    monkeypatch.setattr(deadlines, "door_of", lambda _scope: door)
    monkeypatch.setattr(deadlines, "SILENCE_S", 30.0)
    begun = time.monotonic()
    assert b" 408 " in talk(port, POST.replace(b"4", b"40") + b"\r\n", *[b"x"] * 3, pause=0.25)
    assert 0.9 < time.monotonic() - begun < 4


def test_a_body_beyond_its_door_is_told_and_not_read(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door("POST", "/recover", "everyone", 100, 1)
    monkeypatch.setattr(deadlines, "door_of", lambda _scope: door)
    promised = POST.replace(b"4", b"101") + b"Connection: close\r\n\r\n"
    assert b" 413 " in talk(port, promised)
    chunked = POST.replace(b"Content-Length: 4", b"Transfer-Encoding: chunked")
    assert b" 413 " in talk(port, chunked + b"\r\n", b"65\r\n" + b"x" * 101 + b"\r\n")
    assert b" 200 " in talk(port, POST.replace(b"4", b"100") + b"\r\n", b"x" * 100)


def test_a_loop_that_does_not_run_holds_no_descriptor_and_runs_when_asked() -> None:
    before = descriptors("self")
    loops = [LightLoop() for _ in range(5)]
    assert descriptors("self") == before

    async def from_a_thread() -> str:
        await asyncio.sleep(0)
        return await asyncio.get_running_loop().run_in_executor(None, lambda: "told")

    assert loops[0].run_until_complete(from_a_thread()) == "told"
    for loop in loops:
        loop.close()
    assert descriptors("self") == before
