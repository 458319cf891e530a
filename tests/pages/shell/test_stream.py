"""What a browser may say by the websocket."""

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from limits import parse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.parts import limits
from pages.shell import stream
from pages.shell.stream import FILES_AT_ONCE, KINDS, MESSAGE_BYTES, Stream

EVERY_KIND = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    with suppress(WebSocketDisconnect):
        while True:
            await socket.send_bytes(await socket.receive_bytes())


@pytest.fixture
def client() -> Iterator[TestClient]:
    """An app that says back what reaches it."""
    limits._limiter.storage.reset()
    app = Starlette(routes=[WebSocketRoute("/s", _echo)], middleware=[Middleware(Stream)])
    yield TestClient(app)
    limits._limiter.storage.reset()


def message(kind: str, **fields: Any) -> bytes:
    """A message of one kind."""
    said = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if kind == "backend_operation_request":
        said.backend_operation_request.deferred_file.SetInParent()
    elif field.message_type:
        getattr(said, kind).SetInParent()
        for name, value in fields.items():
            setattr(getattr(said, kind), name, value)
    else:
        setattr(said, kind, True)
    return said.SerializeToString()


LAST = message("rerun_script", query_string="last")


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_kind_that_no_page_sends_reaches_nobody(client: TestClient, kind: str) -> None:
    with client.websocket_connect("/s") as socket:
        socket.send_bytes(message(kind))
        socket.send_bytes(LAST)
        assert (socket.receive_bytes() == LAST) == (kind not in KINDS)


def test_an_operation_that_no_page_asks_for_reaches_nobody(client: TestClient) -> None:
    skills = BackMsg()
    skills.backend_operation_request.install_skills.SetInParent()
    with client.websocket_connect("/s") as socket:
        socket.send_bytes(skills.SerializeToString())
        socket.send_bytes(LAST)
        assert socket.receive_bytes() == LAST


def test_a_request_for_half_a_million_addresses_reaches_nobody(client: TestClient) -> None:
    many = BackMsg()
    many.file_urls_request.file_names.extend(["a"] * (FILES_AT_ONCE + 1))
    with client.websocket_connect("/s") as socket:
        socket.send_bytes(many.SerializeToString())
        socket.send_bytes(LAST)
        assert socket.receive_bytes() == LAST


def test_a_message_that_is_too_large_or_is_text_ends_the_connection(client: TestClient) -> None:
    largest = message("rerun_script", query_string="x" * (MESSAGE_BYTES - 50))
    with client.websocket_connect("/s") as socket:
        socket.send_bytes(largest)
        assert socket.receive_bytes() == largest
        socket.send_bytes(message("rerun_script", query_string="x" * MESSAGE_BYTES))
        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_bytes()
        assert ended.value.code == 1009
    with client.websocket_connect("/s") as socket:
        socket.send_text("hello")
        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_bytes()
        assert ended.value.code == 1003


def test_what_is_no_message_ends_the_connection(client: TestClient) -> None:
    with client.websocket_connect("/s") as socket:
        socket.send_bytes(b"\xff\xff\xff")
        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_bytes()
        assert ended.value.code == 1002


def test_who_talks_too_fast_is_listened_to_more_slowly(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "BURST", 3.0)
    monkeypatch.setattr(stream, "A_SECOND", 100.0)
    with client.websocket_connect("/s") as socket:
        begun = time.monotonic()
        for _ in range(23):
            socket.send_bytes(LAST)
        for _ in range(23):
            assert socket.receive_bytes() == LAST
        assert time.monotonic() - begun >= 0.19


def test_a_network_has_so_many_open(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "OPEN_OF_A_NETWORK", 1)
    with (
        client.websocket_connect("/s"),
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/s"),
    ):
        pass
    with client.websocket_connect("/s"):
        pass


def test_a_network_opens_so_many(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    once = parse("1/minute"), parse("1/minute")
    monkeypatch.setitem(limits.LIMITS, "stream", once)
    with client.websocket_connect("/s"):
        pass
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/s"):
        pass
