"""`/assets/…`: what the browser is served from `assets/`; no translations, no types, no uploads."""

import mimetypes

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from pages.parts.assets import ASSETS

PRIVATE = ("translations",)
TYPES_ONLY = ".d.ts"  # for the checks of our scripts; no script imports them
FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
ASK_EACH_TIME = "no-cache"
PICTURES = (".webp", ".png", ".svg", ".woff2")

for kind, ending in (
    ("text/javascript", ".js"),
    ("text/javascript", ".mjs"),
    ("application/geo+json", ".geojson"),
    ("image/webp", ".webp"),
    ("font/woff2", ".woff2"),
):
    mimetypes.add_type(kind, ending)


def cache_control(name: str, query: bytes) -> str:
    """How long a browser may keep `name`: for ever under an address that changes with the file,
    a day when it is a picture, and asking each time when it is code or data."""
    if query.startswith(b"v="):
        return FOR_EVER
    return A_DAY if name.endswith(PICTURES) else ASK_EACH_TIME


def is_private(name: str) -> bool:
    """Whether `name`, relative to `assets/`, is not for the browser."""
    return name.lstrip("/").split("/")[0] in PRIVATE or name.endswith(TYPES_ONLY)


class Assets(StaticFiles):
    """Starlette's static files, which refuse to leave their folder, with our caching."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if is_private(path):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = cache_control(path, scope["query_string"])
        return response


ROUTES = [Mount("/assets", Assets(directory=ASSETS))]
