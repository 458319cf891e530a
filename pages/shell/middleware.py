"""The middleware: safe headers, the Origin check, small files, errors of the store."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from observations.base.errors import Refused, StorageError
from observations.people.signing_in import staff_of
from pages.parts.answers import refusal_answer, storage_failed
from pages.parts.desk_files import LARGEST_BYTES, desk_files
from pages.parts.first_screen import FirstScreen
from pages.parts.limits import short_key
from pages.parts.runtime import known_now, settings, store
from pages.parts.session import STAFF_COOKIE
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language
from pages.shell.deadlines import Deadlines, declared_length
from pages.shell.fonts import SmallFonts
from pages.shell.index import unavailable
from pages.shell.metrics import Measured
from pages.shell.paths import KnownPaths, nothing
from pages.shell.precompressed import Precompressed
from pages.shell.proxies import BehindProxies, is_https
from pages.shell.routes import routes
from pages.shell.stream import Stream

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
}
IS_SECURE = re.compile(rb";\s*secure\s*(;|$)", re.IGNORECASE)
POLICY_VIOLATION = 1008  # RFC 6455, 7.4.1
READING = ("GET", "HEAD", "OPTIONS")
UPLOADS = "/_stcore/upload_file"
OPEN = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream")
STREAMLIT_ONLY = ("/_stcore", "/auth", "/component", "/oauth2callback")


class SafeHeaders:
    """Puts `SAFE_HEADERS` on every answer that does not set its own, `Secure` on every cookie.

    Over plain HTTP a cookie that is `Secure` would be lost, so there it is left out.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFE_HEADERS.items():
                    headers.setdefault(name, value)
                if is_https(scope):
                    message["headers"] = [with_secure(*header) for header in message["headers"]]
            await send(message)

        await self._app(scope, receive, sent)


def with_secure(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A header; a cookie with `Secure`."""
    is_bare = name.lower() == b"set-cookie" and not IS_SECURE.search(value)
    return name, value + b"; Secure" if is_bare else value


class StorageGuard:
    """Answers 503 where a route raises an error of the store or the disk."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_started = False

        async def sent(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except (StorageError, OSError) as error:
            if has_started or scope["type"] != "http":
                raise
            storage_failed(error, scope["path"])
            await _calm_answer(Request(scope))(scope, receive, send)


def _calm_answer(request: Request) -> Response:
    """503: a page where one was requested, else an error of the API."""
    if "text/html" in request.headers.get("accept", ""):
        language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
        return HTMLResponse(unavailable(language), 503, {"Cache-Control": "no-store"})
    return refusal_answer(Refused("storage.unavailable"), request)


class OriginGuard:
    """Refuses writes that do not come from a page of this site.

    A browser sends Origin with each of them. Streamlit checks its websocket itself, but for a
    foreign one it would stop every session to look up its own address on the internet.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self._app
        if is_foreign_socket(scope):
            answer = WebSocketClose(code=POLICY_VIOLATION)
        elif is_write(scope) and not is_own(Headers(scope=scope)):
            answer = refusal_answer(Refused("origin.foreign"), Request(scope))
        await answer(scope, receive, send)


class StreamlitGuard:
    """Closes those of Streamlit's own routes that no page needs.

    A file is sent or deleted by staff alone, from a page that asks for one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_closed(scope["path"]):
            await nothing(Request(scope))(scope, receive, send)
        elif scope["type"] == "http" and is_under(scope["path"], UPLOADS):
            await self._file(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _file(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        session_id = scope["path"].removeprefix(UPLOADS).strip("/").partition("/")[0]
        await run_in_threadpool(_require_sender, request, session_id)
        with desk_files.room(session_id, _expected(request)):
            await self._app(scope, receive, send)


def is_closed(path: str) -> bool:
    """Whether a path is one of Streamlit's that no page of ours needs."""
    is_open = path in OPEN or path.startswith(f"{UPLOADS}/")
    return not is_open and any(is_under(path, folder) for folder in STREAMLIT_ONLY)


def is_under(path: str, folder: str) -> bool:
    """Whether a path is `folder` or lies in it."""
    return path == folder or path.startswith(f"{folder}/")


def _require_sender(request: Request, session_id: str) -> None:
    token = request.cookies.get(STAFF_COOKIE)
    if staff_of(store(), token, known_now()) is None:
        raise Refused("role.may_not")
    desk_files.require(session_id, short_key(token))


def _expected(request: Request) -> int:
    """The bytes that a request is going to send, the most where it does not say."""
    if request.method != "PUT":
        return 0
    return min(declared_length(request.scope) or LARGEST_BYTES, LARGEST_BYTES)


def is_foreign_socket(scope: Scope) -> bool:
    """Whether a page of another site requests a websocket. Programs send no Origin."""
    if scope["type"] != "websocket":
        return False
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    same_host = origin is None or urlsplit(origin).netloc == headers.get("host", "")
    return not same_host and not is_own(headers)


def is_write(scope: Scope) -> bool:
    """Whether a request is one that a foreign page must not be able to make."""
    return scope["type"] == "http" and scope["method"] not in READING


def is_own(headers: Headers) -> bool:
    """Whether Origin names this site: the public URL where one is set, else the requested host."""
    public = settings().public_url
    origin = urlsplit(headers.get("origin", ""))
    if origin.scheme not in ("http", "https"):
        return False
    if public:
        return (origin.scheme, origin.netloc) == urlsplit(public)[:2]
    return origin.netloc == headers.get("host", "")


def middleware(screens: Mapping[str, FirstScreen] | None = None) -> list[Middleware]:
    """The middleware, outermost first; `screens` are the first screens of pages, by path."""
    ours = routes()
    return [
        Middleware(BehindProxies),
        Middleware(Measured, routes=ours),
        Middleware(SafeHeaders),
        Middleware(Deadlines),
        Middleware(StorageGuard),
        Middleware(OriginGuard),
        Middleware(StreamlitGuard),
        Middleware(Stream),
        Middleware(SmallFonts),
        Middleware(Precompressed, folder=settings().home / "precompressed"),
        Middleware(KnownPaths, routes=ours, screens=screens or {}),
    ]
