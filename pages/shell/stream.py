"""Streamlit's websocket: what a browser may say there, how much, and how often.

A message of a kind that no page sends is dropped: `clear_cache` would empty every visitor's.
"""

import asyncio
from collections import Counter

from google.protobuf.message import DecodeError
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit.proto.BackMsg_pb2 import BackMsg

from observations.base.errors import Refused
from pages.parts.limits import allow, network_of, short_key

MESSAGE_BYTES = 2**20  # the largest of ours are a draft's words
KINDS = (
    "app_heartbeat",
    "backend_operation_request",
    "file_urls_request",
    "rerun_script",
    "stop_script",
)
OPERATIONS = ("deferred_file", "dataframe_chunk")  # a file made on demand, rows of a long table
FILES_AT_ONCE = 20
BURST, A_SECOND = 60.0, 20.0  # messages of one page; a drawn slider sends ten a second
OPEN_OF_A_NETWORK = 3000
NO_MESSAGE, WRONG_KIND, TOO_BIG, TRY_LATER = 1002, 1003, 1009, 1013  # RFC 6455, 7.4.1


class Stream:
    """Bounds every websocket."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        network = network_of(HTTPConnection(scope))
        key = short_key(network)
        try:
            allow("stream", None, network)
            if self._open[key] >= OPEN_OF_A_NETWORK:
                raise Refused("limit.too_many")
        except Refused:
            await WebSocketClose(code=TRY_LATER)(scope, receive, send)
            return
        self._open[key] += 1
        try:
            await self._app(scope, _Talk(receive, send).receive, send)
        finally:
            self._open[key] -= 1
            if not self._open[key]:
                del self._open[key]


class _Talk:
    """What one browser says. Who says too much at once is listened to more slowly."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._left, self._at = BURST, 0.0

    async def receive(self) -> Message:
        """The next message that a page of ours may send."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            await self._wait()
            data = message.get("bytes")
            if code := _fault_of(data):
                await self._send({"type": "websocket.close", "code": code})
                return {"type": "websocket.disconnect", "code": code}
            if is_ours(BackMsg.FromString(data)):
                return message

    async def _wait(self) -> None:
        now = asyncio.get_running_loop().time()
        self._left = min(BURST, self._left + (now - self._at) * A_SECOND) - 1
        self._at = now
        if self._left < 0:
            await asyncio.sleep(-self._left / A_SECOND)


def _fault_of(data: bytes | None) -> int:
    """The code that a message ends its connection with; 0 where it is one."""
    if data is None:
        return WRONG_KIND
    if len(data) > MESSAGE_BYTES:
        return TOO_BIG
    try:
        BackMsg.FromString(data)
    except DecodeError:
        return NO_MESSAGE
    return 0


def is_ours(said: BackMsg) -> bool:
    """Whether a message is of a kind that our pages send."""
    kind = said.WhichOneof("type")
    if kind == "backend_operation_request":
        asked = said.backend_operation_request.ListFields()
        return any(field.name in OPERATIONS for field, _ in asked)
    is_small = len(said.file_urls_request.file_names) <= FILES_AT_ONCE
    return kind in KINDS and is_small
