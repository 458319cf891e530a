"""`/assets/…`: the files of `assets/` for browsers, without translations and types."""

import mimetypes

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from pages.parts.assets import ASSETS, is_private, without_release

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


def served(path: str, query: bytes) -> tuple[str, str]:
    """The name, relative to `assets/`, that a path below `/assets/` stands for; its cache header.

    For ever where the address changes with the file; a day for a picture; code and data are
    requested each time.
    """
    name, is_present = without_release(path)
    if is_present or query.startswith(b"v="):
        return name, FOR_EVER
    return name, A_DAY if name.endswith(PICTURES) else ASK_EACH_TIME


class Assets(StaticFiles):
    """Starlette's static files, which do not leave their folder, with our cache headers."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        name, kept_for = served(path, scope["query_string"])
        if is_private(name):
            raise HTTPException(404)
        response = await super().get_response(name, scope)
        response.headers["Cache-Control"] = kept_for
        return response


ROUTES = [Mount("/assets", Assets(directory=ASSETS))]
