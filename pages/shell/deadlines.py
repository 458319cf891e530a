"""Requests that do not come whole in time: what has a head gets its answer, if only a refusal."""

import asyncio

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts.connections import visitor

SILENCE_S = 30.0  # of a phone in the middle of a body


class Deadlines:
    """End a request whose body stops coming for `SILENCE_S`; its head has a deadline before."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        came_by = visitor()
        if came_by is not None:
            came_by.head_came()
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = _Request(receive, send)
        try:
            await self._app(scope, request.receive, request.send)
        except ClientDisconnect:
            if not request.is_late:
                raise
        if request.is_late and not request.has_answer:
            late = PlainTextResponse("Request Timeout", 408, {"Connection": "close"})
            await late(scope, receive, send)
        if came_by is not None:
            came_by.expect_head()


class _Request:
    """What comes and goes of one request."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._is_whole = False
        self.is_late = self.has_answer = False

    async def receive(self) -> Message:
        """The next part; for the application a phone that says nothing more has gone."""
        if self._is_whole:
            return await self._receive()
        try:
            async with asyncio.timeout(SILENCE_S):
                message = await self._receive()
        except TimeoutError:
            self._is_whole = self.is_late = True
            return {"type": "http.disconnect"}
        self._is_whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Pass it on."""
        self.has_answer = True
        await self._send(message)
