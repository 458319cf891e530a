"""`/tiles/{z}/{x}/{y}.json`: the public map in GeoJSON tiles, from the projection alone.

`group taxon_id district from to status` filter as in `/api/v1/occurrences`, and so do `subject`
(`invasive`, `protected`) and `months` (of any year: `3,4,5`); `classes` is the first count of each
class, as in the legend: `1,2,5,12,30`; `origin=survey` selects imported surveys; `measure=species`
counts species instead of records; `measure=compared` compares citizens' records with the surveys';
`rough=1` draws squares of 0.1 degrees in distant views too, where there is nothing finer; `wide=1`
draws wider cells in distant views, where the city is full.
"""

import functools
from dataclasses import replace

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.map.exploring import CLASSES, Filters, Measure, Origin, Subject, class_starts
from observations.map.held_counts import HeldCounts, Store
from observations.map.spots import ROUGH
from observations.map.tiling import Drawing, Tile, features
from observations.places.cells import WIDE_RESOLUTION, coarser_counts
from pages.api.costly import costly
from pages.api.open_data import compact_json, open_answer
from pages.api.parameters import malformed, read_filters
from pages.parts.map.city_picture import city_svg
from pages.parts.runtime import store

FINEST_ROUGH = ROUGH[-1:]  # squares of a whole degree would cover the small picture
GEOJSON = "application/geo+json"
USUAL_CLASSES = (1, 10, 40, 120, 360)


@costly
def tile(request: Request) -> Response:
    """One tile; 404 where there is none, 400 for an invalid parameter."""
    position = Tile(*(request.path_params[name] for name in ("z", "x", "y")))
    if not position.exists:
        raise HTTPException(404)
    query = request.query_params
    drawn = _drawn(position, _filters(query), _drawing(query))
    return open_answer(request, drawn, GEOJSON)


def _drawn(position: Tile, filters: Filters, drawing: Drawing) -> bytes:
    found = features(_held_counts(store()).now(), filters, position, drawing)
    return compact_json({"type": "FeatureCollection", "features": found})


@functools.lru_cache(maxsize=1)
def _held_counts(opened: Store) -> HeldCounts:
    """The cached counts of the open store."""
    return HeldCounts(opened)


def _filters(query: QueryParams) -> Filters:
    subject, months = query.get("subject") or None, _months(query)
    if subject is not None and subject not in set(Subject):
        raise malformed("subject", " | ".join(Subject))
    subject = None if subject is None else Subject(subject)
    origin = query.get("origin") or Origin.CITIZENS
    if origin not in set(Origin):
        raise malformed("origin", " | ".join(Origin))
    filters = replace(read_filters(query), subject=subject, months=months)
    return filters.of(Origin(origin))


def _months(query: QueryParams) -> tuple[int, ...]:
    parts = [part for part in query.get("months", "").split(",") if part]
    months = {int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 3}
    if len(months) != len(parts) or not months <= set(range(1, 13)):
        raise malformed("months", "1,2,…,12")
    return tuple(sorted(months))


def _drawing(query: QueryParams) -> Drawing:
    measure = query.get("measure") or Measure.RECORDS
    if measure not in set(Measure):
        raise malformed("measure", " | ".join(Measure))
    return Drawing(
        _classes(query), Measure(measure), query.get("rough") == "1", query.get("wide") == "1"
    )


def _classes(query: QueryParams) -> tuple[int, ...]:
    text = query.get("classes")
    if not text:
        return USUAL_CLASSES
    parts = text.split(",")
    starts = tuple(int(part) for part in parts if part.isascii() and part.isdigit())
    if len(starts) != CLASSES or len(parts) != CLASSES or list(starts) != sorted(set(starts)):
        raise malformed("classes", "1,10,40,120,360")
    return starts


@costly
def city(request: Request) -> Response:
    """The whole city as one picture: wide cells, squares of 0.1 degrees; filters of a tile."""
    drawn = _city(_filters(request.query_params))
    return open_answer(request, drawn.encode(), "image/svg+xml")


def _city(filters: Filters) -> str:
    reads = store().map
    cells = coarser_counts(reads.cells(filters), WIDE_RESOLUTION)
    squares = {square.code: square for square, _ in reads.squares(filters, FINEST_ROUGH)}
    drawn = [squares[code] for code in sorted(squares)]
    return city_svg(sorted(cells), drawn, class_starts([count for _, count in cells]))


ROUTES = [
    Route("/tiles/city.svg", city),
    Route("/tiles/{z:int}/{x:int}/{y:int}.json", tile),
]
