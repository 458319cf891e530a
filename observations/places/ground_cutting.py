"""Features cut to vector tiles, each small enough for a phone far from a city's network."""

import gzip
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from math import floor
from typing import Any

import shapely

from observations.places.ground_features import Features, Stored, land, mercator
from observations.places.ground_file import Tile
from observations.places.ground_layer import Layer
from observations.places.vector_tile import EXTENT, Shape, encoded

SHALLOWEST = 7
HELD_FROM = 11  # at this zoom and nearer a tile's features are read once, for all tiles in it
MARGIN = 96 / EXTENT  # of a tile's side: lines and their joints at its edge are drawn whole
SCREEN = EXTENT / 512  # units a pixel
# Largest tile in bytes as sent: a phone's first view of the place picker is four of the far ones.
FAR, FAR_BYTES, NEAR_BYTES = 12, 12_000, 60_000
SMALLEST_AREA = (3 * SCREEN) ** 2
NAME_WIDTH, NAME_HEIGHT = 76 * SCREEN, 26 * SCREEN
Report = Callable[[int, int], None]


def cut(features: Features, deepest: int, report: Report) -> Iterator[Tile]:
    """Every tile of the city down to `deepest`, in one order; `report` hears how far it is."""
    everything = shapely.transform(shapely.box(*land().bounds), mercator)
    todo = [
        (zoom, x, y)
        for zoom in range(SHALLOWEST, min(HELD_FROM, deepest) + 1)
        for x, y in _across(everything.bounds, zoom)
    ]
    for number, (zoom, x, y) in enumerate(todo):
        report(number, len(todo))
        is_held = zoom == HELD_FROM
        features_here = features.within(*_box(zoom, x, y), deepest if is_held else zoom)
        yield from _below(features_here, zoom, x, y, deepest if is_held else zoom)
    report(len(todo), len(todo))


def _across(bounds: tuple[float, float, float, float], zoom: int) -> list[tuple[int, int]]:
    west, north, east, south = (floor(edge * 2**zoom) for edge in bounds)
    return [(x, y) for x in range(west, east + 1) for y in range(north, south + 1)]


def _box(zoom: int, x: int, y: int) -> tuple[float, float, float, float]:
    side = 2.0**-zoom
    margin = MARGIN * side
    return x * side - margin, y * side - margin, (x + 1) * side + margin, (y + 1) * side + margin


def _below(
    features_here: Sequence[Stored], zoom: int, x: int, y: int, deepest: int
) -> Iterator[Tile]:
    """The tile and those in it, each from what is left of its parent's features."""
    box = _box(zoom, x, y)
    here = [
        replace(one, geometry=part)
        for one in features_here
        if (part := _clipped(one.geometry, box))
    ]
    if not here:
        return
    yield zoom, x, y, _packed([one for one in here if one.zoom <= zoom], zoom, x, y, deepest)
    if zoom < deepest:
        for child_x, child_y in ((2 * x + i, 2 * y + j) for i in (0, 1) for j in (0, 1)):
            yield from _below(here, zoom + 1, child_x, child_y, deepest)


def _clipped(geometry: Any, box: tuple[float, float, float, float]) -> Any | None:
    west, north, east, south = geometry.bounds
    if west > box[2] or east < box[0] or north > box[3] or south < box[1]:
        return None
    if west >= box[0] and east <= box[2] and north >= box[1] and south <= box[3]:
        return geometry
    part = shapely.clip_by_rect(geometry, *box)
    return None if part.is_empty else part


def _packed(here: Sequence[Stored], zoom: int, x: int, y: int, deepest: int) -> bytes:
    """The tile as it is sent; ranks are left out, the last first, until it is small enough."""
    limit = FAR_BYTES if zoom <= FAR else NEAR_BYTES
    ranks = sorted({one.rank for one in here}, reverse=True) or [0]
    for rank in ranks:
        kept = [one for one in here if one.rank <= rank]
        data = gzip.compress(encoded(_layers(kept, zoom, x, y, deepest)), 9, mtime=0)
        if len(data) <= limit:
            break
    return data


def _layers(
    here: Sequence[Stored], zoom: int, x: int, y: int, deepest: int
) -> dict[str, list[Shape]]:
    """The shapes by layer: what is drawn alike is one shape, but for names."""
    alike: dict[tuple[Layer, str], list[Any]] = defaultdict(list)
    names = []
    for one in here:
        on_grid = shapely.transform(
            one.geometry, lambda places: (places * 2**zoom - (x, y)) * EXTENT
        )
        if one.layer is Layer.NAME:
            names.append((on_grid, one.properties))
        else:
            alike[one.layer, one.properties["k"]].append(on_grid)
    layers: dict[str, list[Shape]] = defaultdict(list)
    for (layer, kind), parts in alike.items():
        drawn = _simple(parts, layer, is_last=zoom == deepest)
        if drawn is not None:
            layers[layer].append(Shape(drawn, {"k": kind}))
    layers[Layer.NAME] = list(_apart(names, 2 if zoom == deepest else 1))
    return layers


def _simple(parts: Iterable[Any], layer: Layer, is_last: bool) -> Any | None:
    """What is drawn alike as one geometry on whole units, without what no screen shows."""
    whole = shapely.union_all(list(parts)) if layer is not Layer.BUILDING else _collected(parts)
    if shapely.get_dimensions(whole) == 1:
        whole = shapely.line_merge(whole)
    simple = shapely.simplify(whole, 1 if is_last else SCREEN / 2)
    simple = shapely.set_precision(simple, 1, mode="valid_output")
    parts_left = [
        part
        for part in shapely.get_parts(simple)
        if is_last or part.geom_type != "Polygon" or part.area >= SMALLEST_AREA
    ]
    return shapely.geometrycollections(parts_left) if parts_left else None


def _collected(parts: Iterable[Any]) -> Any:
    polygons = [
        polygon
        for part in parts
        for polygon in shapely.get_parts(part)
        if polygon.geom_type == "Polygon"
    ]
    return shapely.multipolygons(polygons)


def _apart(names: Iterable[tuple[Any, dict[str, str]]], nearer: int) -> Iterator[Shape]:
    """The names that have room, the first ranks first; a tile is shown `nearer` times larger."""
    taken: list[tuple[float, float]] = []
    for place, properties in names:
        x, y = place.x, place.y
        is_here = 0 <= x < EXTENT and 0 <= y < EXTENT
        is_free = all(
            abs(x - other_x) * nearer >= NAME_WIDTH or abs(y - other_y) * nearer >= NAME_HEIGHT
            for other_x, other_y in taken
        )
        if is_here and is_free:
            taken.append((x, y))
            yield Shape(shapely.Point(round(x), round(y)), properties)
