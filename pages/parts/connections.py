"""The network side of a process: descriptors, refused connections, requests that never come whole.

What asyncio and uvicorn leave open is closed here: neither has a deadline for a request's head, and
where descriptors run out asyncio logs a traceback for each of some thousand attempts a second.
"""

import asyncio
import errno
import os
import resource
import selectors
import socket
import sys
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from pages.parts.logs import fail

HEAD_S = 20.0  # from the first byte of a request, or the connection, to the end of its headers
TELL_EVERY_S = 60.0
# Seconds that a thread keeps the interpreter while others want it. The loop gives it away at every
# read and write: beside eight busy threads an answer took 211 ms at Python's 5 ms, 16 at this.
TURN_S = 0.0005
NO_MORE = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


def tend_connections() -> None:
    """Prepare this process for many visitors.

    Call it in the server's running loop, before the server listens.
    """
    _raise_descriptors()
    sys.setswitchinterval(TURN_S)
    asyncio.set_event_loop_policy(LightLoops())
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(Refusals())
    _give_deadlines(loop)


def _raise_descriptors() -> None:
    """Raise the limit of open files to the most that the system allows.

    The usual 1,024 is soon reached: a browser that opens a page takes six connections.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class LightLoop(asyncio.SelectorEventLoop):
    """An event loop that takes no descriptor until it runs.

    Streamlit makes a loop for every session and keeps it for an hour after the visitor has left;
    of three descriptors each, and nothing here ever runs one.
    """

    _ssock: Any
    _csock: Any

    def __init__(self) -> None:
        super().__init__(selectors.PollSelector())  # the one without a descriptor or a limit

    def _make_self_pipe(self) -> None:
        self._ssock = self._csock = None

    def _close_self_pipe(self) -> None:
        if self._ssock is not None:
            super()._close_self_pipe()  # type: ignore[misc]

    def run_forever(self) -> None:
        """Run until stopped; the first time, take what waking it from another thread needs."""
        if self._ssock is None:
            super()._make_self_pipe()  # type: ignore[misc]
        super().run_forever()


class LightLoops(asyncio.DefaultEventLoopPolicy):
    """Every new loop is a `LightLoop`."""

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """A loop that does not run yet."""
        return LightLoop()


class Refusals:
    """Handler of the loop's errors: of refused connections it logs one line a minute.

    The line has the number of seconds in which no connection could be accepted.
    """

    def __init__(self) -> None:
        self._told_at = -TELL_EVERY_S
        self._seconds: set[int] = set()

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not (isinstance(error, OSError) and error.errno in NO_MORE and "socket" in context):
            loop.default_exception_handler(context)
            return
        now = time.monotonic()
        self._seconds.add(int(now))
        if now - self._told_at >= TELL_EVERY_S:
            limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
            reason = os.strerror(error.errno or 0)
            fail("connections.refused", seconds=len(self._seconds), reason=reason, limit=limit)
            self._told_at, self._seconds = now, set()


class Visitor(asyncio.Protocol):
    """A connection whose requests have `HEAD_S` to say what they want, else it is cut off.

    Stands before the server's own protocol and passes everything on to it.
    """

    def __init__(self, inner: asyncio.Protocol) -> None:
        self._inner = inner
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The deadline runs from here."""
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        _send_at_once(transport)
        self.expect_head()
        self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Pass it on; the request that begins in it finds its `visitor()`."""
        token = _visitor.set(self)
        try:
            self._inner.data_received(data)
        finally:
            _visitor.reset(token)

    def expect_head(self) -> None:
        """A request is to come: the server ends a silent connection, this one a slow one."""
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(HEAD_S, self._transport.abort)

    def head_came(self) -> None:
        """A request has said what it wants: no deadline until the next is expected."""
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    @property
    def peer(self) -> str:
        """The address at the other end, whatever any header says of it."""
        peername = self._transport.get_extra_info("peername")
        return str(peername[0]) if isinstance(peername, tuple) else ""

    @property
    def is_encrypted(self) -> bool:
        """Whether this server itself speaks TLS on it."""
        return self._transport.get_extra_info("sslcontext") is not None

    def eof_received(self) -> bool | None:
        """Pass it on."""
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self.head_came()
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        """Pass it on."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Pass it on."""
        self._inner.resume_writing()


def _send_at_once(transport: asyncio.BaseTransport) -> None:
    """Let no answer wait for the browser to confirm the one before: 40 ms each on a kept line.

    asyncio does so itself, but not on the socket that Streamlit makes, which names no protocol.
    """
    line: socket.socket | None = transport.get_extra_info("socket")
    if line is not None and line.family in (socket.AF_INET, socket.AF_INET6):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


_visitor: ContextVar[Visitor | None] = ContextVar("visitor", default=None)


def visitor() -> Visitor | None:
    """Whose request this is: the connection that it came by, where that has deadlines."""
    return _visitor.get()


def _give_deadlines(loop: asyncio.AbstractEventLoop) -> None:
    """Give deadlines to every server that begins to listen on `loop`.

    uvicorn has no setting for them, and makes its server after the app has started.
    """
    plain = loop.create_server

    def listening(factory: Callable[[], asyncio.Protocol], *args: Any, **options: Any) -> Any:
        return plain(lambda: Visitor(factory()), *args, **options)

    loop.create_server = listening  # type: ignore[method-assign, assignment]
