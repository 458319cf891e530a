"""Which addresses there are: a route of ours, a file or route of Streamlit, a page, or nothing.

Streamlit itself answers every address that it does not know with its own page and 200.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import unquote_plus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from observations.base.errors import Refused
from pages.api.costly import in_turn
from pages.parts import site
from pages.parts.answers import refusal_answer
from pages.parts.first_screen import FirstScreen
from pages.parts.limits import network_of
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language
from pages.shell.first_screens import FirstScreens
from pages.shell.index import missing, page, page_at_once
from pages.shell.precompressed import STREAMLIT_FILES

NO_SCREENS = FirstScreens({})
READING = ("GET", "HEAD")
# Streamlit's own routes.
STREAMLIT = ("/_stcore/", "/component/", "/media/")
# What programs ask for: an answer in JSON, unless a browser opens it as a page.
FOR_PROGRAMS = (
    "/api",
    "/basemap",
    "/ground",
    "/healthz",
    "/metrics",
    "/photos",
    "/tiles",
    *STREAMLIT,
)
# Python refuses to read a number of more than 4,300 digits; an address has none of 70.
LONG_NUMBER = re.compile(r"[\d_]{70,}")
LONGEST = 8192  # characters of an address
FILES = frozenset(
    f"/{file.relative_to(STREAMLIT_FILES).as_posix()}"
    for file in STREAMLIT_FILES.rglob("*")
    if file.is_file() and file.name != "index.html"
)


class KnownPaths:
    """Answers pages with our index.html and what is nothing with 404, in the form asked for."""

    def __init__(
        self, app: ASGIApp, routes: Sequence[BaseRoute], screens: Mapping[str, FirstScreen]
    ) -> None:
        self._app, self._routes = app, routes
        self._screens = FirstScreens(screens)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        if is_unreadable(scope):  # asked first: to match a route is to read its numbers
            await refusal_answer(Refused("address.unreadable"), request)(scope, receive, send)
            return
        is_ours = self._is_ours(scope)
        if is_ours or is_of_streamlit(scope):
            await self._answer(scope, receive, send, is_ours)
            return
        is_page = scope["method"] in READING and is_page_path(scope["path"])
        answer = await self._page(request) if is_page else nothing(request)
        await answer(scope, receive, send)

    async def _page(self, request: Request) -> Response:
        """A page's index: at once where its first screen is held, else drawn by a thread.

        A network that has had too many drawn gets headings, and Streamlit draws the rest.
        """
        if held_page := page_at_once(request, self._screens):
            return held_page
        try:
            return await in_turn(network_of(request), partial(page, request, self._screens))
        except Refused:
            return page(request, NO_SCREENS)

    def _is_ours(self, scope: Scope) -> bool:
        """Whether a route of ours answers; another method of one is its own 405 or nothing."""
        matches = [route.matches(scope)[0] for route in self._routes]
        is_read = scope["method"] in READING
        return Match.FULL in matches or (not is_read and Match.PARTIAL in matches)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, is_ours: bool) -> None:
        """The app's answer, but for Streamlit's page in the place of a file and a bare 404."""
        is_replaced = False

        async def sent(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start":
                kind = _kind(message)
                is_bare = message["status"] == 404 and kind.startswith(b"text/plain")
                is_replaced = is_bare or (not is_ours and kind.startswith(b"text/html"))
                if is_replaced:
                    await nothing(Request(scope))(scope, receive, send)
            if not is_replaced:
                await send(message)

        await self._app(scope, receive, sent)


def is_unreadable(scope: Scope) -> bool:
    """Whether an address is too long, or has a number with too many digits."""
    address = f"{scope['path']}?{scope.get('query_string', b'').decode('latin-1')}"
    return len(address) > LONGEST or bool(LONG_NUMBER.search(unquote_plus(address)))


def is_of_streamlit(scope: Scope) -> bool:
    """Whether the path is a file of Streamlit's, or may be one of its routes."""
    path: str = scope["path"]
    return path.startswith(STREAMLIT) or path in FILES


def is_page_path(path: str) -> bool:
    """Whether a page stands at this very path; one slash behind it does no harm."""
    name = path.removeprefix("/").removesuffix("/")
    entry = site.find(path)
    return entry is not None and entry.path == name


def nothing(request: Request) -> Response:
    """404: a page with a link home, or an error of the API where a program asks."""
    accepts = request.headers.get("accept", "")
    is_program = request.url.path.startswith(FOR_PROGRAMS) or "json" in accepts
    if is_program and "text/html" not in accepts:
        return refusal_answer(Refused("address.unknown"), request)
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    return HTMLResponse(missing(language, False), 404, {"Cache-Control": "no-store"})


def _kind(message: Message) -> bytes:
    """The media type of an answer."""
    headers: dict[bytes, bytes] = dict(message.get("headers", ()))
    return headers.get(b"content-type", b"")
