"""`/lang/{zh|en}?next=`: set the visitor's language and go back to the page."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from observations.base.wording import LANGUAGES
from pages.parts.wording import LANGUAGE_COOKIE

A_YEAR = 365 * 24 * 3600


def own_path(target: str) -> str:
    """`target` where it is a path of this site, else `/`.

    A browser reads a backslash as a slash and drops tabs and line ends, so that all of them could
    lead to another host; any target with one, or with a scheme or a host, gives `/`.
    """
    if not target.startswith("/") or target.startswith("//"):
        return "/"
    if "\\" in target or any(ord(character) < 32 for character in target):
        return "/"
    parts = urlsplit(target)
    return "/" if parts.scheme or parts.netloc else target


def without_language(path: str) -> str:
    """An address without the language that it asks for, since another is chosen."""
    parts = urlsplit(path)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in query if key != "lang"]
    return path if kept == query else urlunsplit(parts._replace(query=urlencode(kept)))


async def choose(request: Request) -> RedirectResponse:
    """Set the language cookie for a year, and redirect (303) to a path of this site."""
    language = request.path_params["language"]
    if language not in LANGUAGES:
        raise HTTPException(404)
    target = without_language(own_path(request.query_params.get("next", "/")))
    response = RedirectResponse(target, status_code=303)
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=A_YEAR, samesite="lax")
    return response


ROUTES = [Route("/lang/{language}", choose)]
