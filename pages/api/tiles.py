"""`/tiles/{z}/{x}/{y}.json`: the public map in GeoJSON tiles, from the projection alone.

`group taxon_id district from to status` narrow it as they narrow `/api/v1/occurrences`; `classes`
is the first count of each class, as the legend shows them: `1,2,5,12,30`; `rough=1` draws squares
of 0.1 degrees far away too, where there is nothing finer.
"""

import functools

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.occurrences.exploring import CLASSES, Filters
from observations.occurrences.tiling import Tile, features
from pages.api.answers import answered
from pages.api.open_data import asked_filters, compact_json, malformed, open_answer
from pages.parts.runtime import store

GEOJSON = "application/geo+json"
USUAL_CLASSES = (1, 10, 40, 120, 360)


@answered
async def tile(request: Request) -> Response:
    """One tile; 404 where there is none, 400 for a parameter that is not understood."""
    asked = Tile(*(request.path_params[name] for name in ("z", "x", "y")))
    if not asked.exists:
        raise HTTPException(404)
    query = request.query_params
    drawn = functools.partial(
        _drawn, asked, asked_filters(query), _classes(query), query.get("rough") == "1"
    )
    return open_answer(request, await run_in_threadpool(drawn), GEOJSON)


def _drawn(asked: Tile, filters: Filters, starts: tuple[int, ...], is_rough: bool) -> bytes:
    found = features(store(), filters, asked, starts, is_rough)
    return compact_json({"type": "FeatureCollection", "features": found})


def _classes(query: QueryParams) -> tuple[int, ...]:
    text = query.get("classes")
    if not text:
        return USUAL_CLASSES
    parts = text.split(",")
    starts = tuple(int(part) for part in parts if part.isascii() and part.isdigit())
    if len(starts) != CLASSES or len(parts) != CLASSES or list(starts) != sorted(set(starts)):
        raise malformed("classes", "1,10,40,120,360")
    return starts


ROUTES = [Route("/tiles/{z:int}/{x:int}/{y:int}.json", tile)]
