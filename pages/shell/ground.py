"""`/ground/…`: the ground under every map, as vector tiles, and what describes them (TileJSON).

With `LUJI_BASEMAP` the description names the tiles of the hosted basemap instead.
"""

import gzip

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.places.basemap import DEEPEST
from observations.places.ground_file import GroundFile, current
from pages.parts.ground import credits
from pages.parts.runtime import settings
from pages.shell.assets import ASK_EACH_TIME, FOR_EVER
from pages.shell.basemap import SIDE_PX

MVT = "application/vnd.mapbox-vector-tile"


def description(request: Request) -> Response:
    """TileJSON of the ground: the same for every visitor; addresses begin at the site's root."""
    ground = current(settings().home)
    described = _hosted() if settings().basemap else _own(ground)
    whole = {"tilejson": "3.0.0", "credits": credits()} | described
    return JSONResponse(whole, headers={"Cache-Control": ASK_EACH_TIME})


def tile(request: Request) -> Response:
    """One tile, compressed by gzip as it lies in the file; an empty one where the city has none."""
    ground = current(settings().home)
    data = ground.tile(*(request.path_params[name] for name in ("z", "x", "y")))
    is_current = request.path_params["version"] == ground.version
    headers = {"Cache-Control": FOR_EVER if is_current else ASK_EACH_TIME}
    if data is None:
        return Response(b"", media_type=MVT, headers=headers)
    headers["Vary"] = "Accept-Encoding"
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(data), media_type=MVT, headers=headers)
    return Response(data, media_type=MVT, headers={**headers, "Content-Encoding": "gzip"})


def _own(ground: GroundFile) -> dict[str, object]:
    bounds = [float(edge) for edge in ground.metadata["bounds"].split(",")]
    return {
        "format": "pbf",
        "tiles": [f"/ground/{ground.version}/{{z}}/{{x}}/{{y}}.mvt"],
        "minzoom": int(ground.metadata["minzoom"]),
        "maxzoom": ground.deepest,
        "bounds": bounds,
    }


def _hosted() -> dict[str, object]:
    return {
        "format": "raster",
        "tiles": ["/basemap/{z}/{x}/{y}"],
        "tileSize": SIDE_PX,
        "maxzoom": DEEPEST,
    }


ROUTES = [
    Route("/ground/ground.json", description),
    Route("/ground/{version}/{z:int}/{x:int}/{y:int}.mvt", tile),
]
