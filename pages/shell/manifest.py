"""The two manifests of the site: what they share, and how they are served."""

from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from observations.base.wording import HTML_LANGUAGE, LANGUAGES
from pages.parts.assets import asset_url
from pages.shell.index import tokens

ASK_EACH_TIME = {"Cache-Control": "no-cache"}
ICONS = (  # name, side in pixels, whether it may be cut to any shape
    ("icons/icon-192.png", 192, "any"),
    ("icons/icon-512.png", 512, "any"),
    ("icons/maskable-512.png", 512, "maskable"),
)


def route(path: str, manifest_of: Callable[[str], dict[str, Any]]) -> Route:
    """Serve a manifest by language below `path`. A browser asks for it without cookies."""

    async def manifest(request: Request) -> JSONResponse:
        language = request.path_params["language"]
        if language not in LANGUAGES:
            raise HTTPException(404)
        return JSONResponse(
            manifest_of(language), headers=ASK_EACH_TIME, media_type="application/manifest+json"
        )

    return Route(f"{path}/{{language}}", manifest)


def app(page: str, language: str) -> dict[str, Any]:
    """What a manifest says of an app that begins at `page`, but for its names."""
    return {
        "id": page,
        "lang": HTML_LANGUAGE[language],
        "start_url": page,
        "scope": page,
        "display": "standalone",
        "background_color": tokens()["light"]["paper"],
        "theme_color": tokens()["light"]["paper"],
        "icons": _icons(),
    }


def _icons() -> list[dict[str, str]]:
    """The icons, as a manifest names them."""
    return [
        {"src": asset_url(name), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for name, side, purpose in ICONS
    ]
