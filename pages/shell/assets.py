"""`/assets/…`: the files of `assets/` for browsers, without translations and types."""

import mimetypes

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from pages.parts.assets import ASSETS

PRIVATE = ("translations",)
TYPES_ONLY = ".d.ts"  # types for checking our scripts; no script imports them
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
    """The cache header of `name`.

    For ever where the address changes with the file; a day for a picture; code and data are
    requested each time.
    """
    if query.startswith(b"v="):
        return FOR_EVER
    return A_DAY if name.endswith(PICTURES) else ASK_EACH_TIME


def is_private(name: str) -> bool:
    """Whether `name`, relative to `assets/`, is not served."""
    return name.lstrip("/").split("/")[0] in PRIVATE or name.endswith(TYPES_ONLY)


class Assets(StaticFiles):
    """Starlette's static files, which do not leave their folder, with our cache headers."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if is_private(path):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = cache_control(path, scope["query_string"])
        return response


ROUTES = [Mount("/assets", Assets(directory=ASSETS))]
