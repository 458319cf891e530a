"""What stands between the network and every page: safe headers, the Origin check, small files."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from observations.base.errors import Refused
from pages.parts.answers import refusal_answer
from pages.parts.runtime import settings
from pages.shell.fonts import SmallFonts
from pages.shell.index import OwnIndex
from pages.shell.precompressed import Precompressed

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
}
POLICY_VIOLATION = 1008  # RFC 6455, 7.4.1
READING = ("GET", "HEAD", "OPTIONS")


class SafeHeaders:
    """Put `SAFE_HEADERS` on every answer that does not carry its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sent)


class OriginGuard:
    """Refuse what would write and does not come from a page of this site.

    A browser sends Origin with every such request. Streamlit's own `/_stcore` checks by itself,
    but for a foreign websocket it would stop every session to ask the internet for its address.
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


def is_foreign_socket(scope: Scope) -> bool:
    """Whether a page of another site asks for a websocket. Programs send no Origin."""
    if scope["type"] != "websocket":
        return False
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    same_host = origin is None or urlsplit(origin).netloc == headers.get("host", "")
    return not same_host and not is_own(headers)


def is_write(scope: Scope) -> bool:
    """Whether a request is one that a foreign page must not be able to make."""
    if scope["type"] != "http" or scope["method"] in READING:
        return False
    return not scope["path"].startswith("/_stcore/")


def is_own(headers: Headers) -> bool:
    """Whether Origin names this site: the public URL when one is set, else the host asked for."""
    public = settings().public_url
    origin = urlsplit(headers.get("origin", ""))
    if origin.scheme not in ("http", "https"):
        return False
    if public:
        return (origin.scheme, origin.netloc) == urlsplit(public)[:2]
    return origin.netloc == headers.get("host", "")


def middleware() -> list[Middleware]:
    """The middleware, outermost first."""
    return [
        Middleware(SafeHeaders),
        Middleware(OriginGuard),
        Middleware(SmallFonts),
        Middleware(Precompressed, folder=settings().home / "precompressed"),
        Middleware(OwnIndex),
    ]
