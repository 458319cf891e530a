"""Bodies that are too large or do not come in time: each is answered, if only with a refusal.

What a route may be sent stands in `pages/shell/doors.py`. Nothing beyond that is read, and where
the length is said in advance, nothing at all.
"""

import asyncio

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from observations.base.errors import Refused
from pages.parts.answers import refusal_answer
from pages.parts.connections import visitor
from pages.shell.doors import Door, door_of

SILENCE_S = 30.0  # of a phone in the middle of a body


class Deadlines:
    """End a request whose body stops coming for `SILENCE_S`, or comes for longer than its door's.

    Its head has a deadline before.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        came_by = visitor()
        if came_by is not None:
            came_by.head_came()
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = _Request(scope, receive, send)
        try:
            await self._app(scope, request.receive, request.send)
        except ClientDisconnect:
            if not request.is_late:
                raise
        except Refused as refused:
            if request.has_answer:
                raise
            await refusal_answer(refused, Request(scope))(scope, receive, request.send)
        if request.is_late and not request.has_answer:
            late = PlainTextResponse("Request Timeout", 408, {"Connection": "close"})
            await late(scope, receive, send)
        if came_by is not None:
            came_by.expect_head()


class _Request:
    """What comes and goes of one request."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._door = door_of(scope)
        self._declared = declared_length(scope)
        self._until: float | None = None
        self._size = 0
        self._is_whole = False
        self.is_late = self.has_answer = False

    async def receive(self) -> Message:
        """The next part; for the application a phone that says nothing more has gone.

        Raises `Refused` where the body is larger than its door; a door without one loses it.
        """
        if self._is_whole:
            return await self._receive()
        _refuse_beyond(self._door, self._declared)
        now = asyncio.get_running_loop().time()
        if self._until is None:
            self._until = now + (self._door.seconds or SILENCE_S)
        patience = min(SILENCE_S, self._until - now)
        try:
            async with asyncio.timeout(max(0.0, patience)):
                message = await self._receive()
        except TimeoutError:
            self._is_whole = self.is_late = True
            return {"type": "http.disconnect"}
        self._size += len(message.get("body", b""))
        _refuse_beyond(self._door, self._size)
        self._is_whole = not message.get("more_body", False)
        return message if self._door.largest else {**message, **_emptied(message)}

    async def send(self, message: Message) -> None:
        """Pass it on."""
        self.has_answer = True
        await self._send(message)


def declared_length(scope: Scope) -> int:
    """The length of a body as its head says it, 0 where it does not."""
    length = Headers(scope=scope).get("content-length", "")
    return int(length[:18]) if length.isdecimal() else 0


def _refuse_beyond(door: Door, size: int) -> None:
    if door.largest and size > door.largest:
        raise door.refusal()


def _emptied(message: Message) -> Message:
    return {"body": b""} if "body" in message else {}
