"""`/basemap/…`: tiles of the hosted basemap that `LUJI_BASEMAP` names, and the map style.

The browser sees neither the host nor the key in its address.
"""

from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.places.basemap import DEEPEST, Basemap, kind_of
from pages.parts.runtime import settings

KEEP = "public, max-age=604800"
SIDE_PX = 256


async def tile(request: Request) -> Response:
    """One picture; 404 without a basemap or such a tile, 502 where the host does not answer."""
    if not settings().basemap:
        return Response(status_code=404)
    numbers = (request.path_params[name] for name in ("z", "x", "y"))
    data = await run_in_threadpool(_basemap().tile, *numbers)
    if data is None:
        return Response(status_code=502, headers={"Cache-Control": "no-store"})
    return Response(data, media_type=kind_of(data[:8]), headers={"Cache-Control": KEEP})


async def style(request: Request) -> Response:
    """The style of a map with these tiles; addresses are absolute, since maps fetch in a worker."""
    configuration = settings()
    if not configuration.basemap:
        return Response(status_code=404)
    here = configuration.public_url or str(request.base_url).rstrip("/")
    source = {
        "type": "raster",
        "tileSize": SIDE_PX,
        "maxzoom": DEEPEST,
        "tiles": [f"{here}/basemap/{{z}}/{{x}}/{{y}}"],
        "attribution": configuration.basemap_attribution,
    }
    layer = {"id": "basemap", "type": "raster", "source": "basemap"}
    return JSONResponse({"version": 8, "sources": {"basemap": source}, "layers": [layer]})


def _basemap() -> Basemap:
    configuration = settings()
    return _basemap_of(configuration.basemap, configuration.home)


@lru_cache(maxsize=4)
def _basemap_of(template: str, home: Path) -> Basemap:
    return Basemap(template, home)


ROUTES = [
    Route("/basemap/style.json", style),
    Route("/basemap/{z:int}/{x:int}/{y:int}", tile),
]
