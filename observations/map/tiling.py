"""The public map in tiles: one tile as GeoJSON features (WGS-84).

A distant tile has the coarse cells with their class (wider ones where the city is full), a near one
the single records, or finer cells where they are many: of each cell one or the other, whichever
tile it is seen from. A generalised or a wide record is its square, never a point. Tiles are Web
Mercator's, 512 pixels wide, with the usual numbers (x to the east, y to the south). So a screen has
some hundred shapes at most, however many records there are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import asinh, atan, degrees, floor, pi, radians, sinh, tan
from typing import Protocol
from uuid import UUID

from observations.map.exploring import Filters, Measure, Origin, class_of, compared
from observations.map.spots import GENERALISED, GRIDS, ROUGH, WIDE, Cell, Square, outline
from observations.places.cells import (
    CITY_RESOLUTION,
    MOST_HELD,
    QUARTER_RESOLUTION,
    STREET_RESOLUTION,
    WIDE_RESOLUTION,
    centre_of,
    coarser_counts,
    holder_of,
    resolution_of,
)
from observations.places.districts import Box

MIDDLE = 10  # from this zoom on cells are never wider than the coarse ones
NEAR = 12  # the first zoom at which records are drawn one by one
DEEPEST = 14  # nearer views enlarge these tiles
MOST_SINGLES = 200  # cells of a tile with more records than this are drawn as such
MOST_SQUARES = 150  # a tile with more squares of one grid shows those of the next wider one
# A record is never farther from the centre of its cell, by the cell's resolution.
REACH_DEGREES = {6: 0.07, 7: 0.03, 8: 0.012, 9: 0.005}
NEIGHBOURS = 9  # a tile and those round it
COVERAGE = 0.92  # cells are drawn a little smaller, with gaps between them
# Kinds beside the classes 1 to 5, which decide the colours. A square across a tile's border comes
# in pieces: its area and its sides.
SQUARE, SINGLE, BORDER, WHOLE_SQUARE = 0, 6, 7, 8
DECIMALS = 6  # 0.1 metre: with fewer, a thin gap would show between the pieces of a square
CELL_DECIMALS = {6: 3, 7: 4, 8: 4, 9: 5}  # less than a pixel where these cells are drawn

Feature = dict[str, object]
Point = tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """How to draw a tile.

    What the classes count, the first count of each class, whether squares of 0.1 degrees are drawn
    in distant tiles too, and whether distant cells are the wider ones.
    """

    starts: Sequence[int]
    measure: Measure = Measure.RECORDS
    is_rough: bool = False
    is_wide: bool = False


@dataclass(frozen=True)
class Tile:
    """One tile of the pyramid."""

    zoom: int
    x: int
    y: int

    @property
    def exists(self) -> bool:
        """Whether there is such a tile, at a zoom that is drawn."""
        side = 2**self.zoom if 0 <= self.zoom <= DEEPEST else 0
        return 0 <= self.x < side and 0 <= self.y < side

    @property
    def box(self) -> Box:
        """Its borders, WGS-84."""
        side = 2**self.zoom
        return Box(
            west=self.x / side * 360 - 180,
            south=_latitude(self.y + 1, side),
            east=(self.x + 1) / side * 360 - 180,
            north=_latitude(self.y, side),
        )

    @property
    def around(self) -> Box:
        """The borders of it and of the eight tiles round it, WGS-84."""
        first, last = (
            replace(self, x=self.x - 1, y=self.y - 1),
            replace(self, x=self.x + 1, y=self.y + 1),
        )
        return Box(first.box.west, last.box.south, last.box.east, first.box.north)


class TileReads(Protocol):
    """The reads of the projection. Every method may raise `StorageError`."""

    def cells(self, filters: Filters) -> list[tuple[str, int]]:
        """Coarse cells with their number of records, without records in wider squares."""
        ...

    def richness(self, filters: Filters, resolution: int) -> list[tuple[str, int, int]]:
        """Cells of one of the four resolutions with their numbers of records and of species."""
        ...

    def quarters(self, filters: Filters) -> list[tuple[str, int]]:
        """Fine cells with their number of records, without generalised ones."""
        ...

    def squares(self, filters: Filters, grids: Sequence[int]) -> list[tuple[Square, int]]:
        """Squares of these grids with their number of generalised records."""
        ...

    def singles(self, filters: Filters, limit: int) -> list[tuple[UUID, float, float]]:
        """Public id, latitude and longitude of at most `limit` records drawn as points."""
        ...


class Store(Protocol):
    """The reads that this module needs."""

    @property
    def map(self) -> TileReads: ...


def features(store: Store, filters: Filters, tile: Tile, drawing: Drawing) -> list[Feature]:
    """The features of a tile.

    In a distant tile squares of 0.1 degrees would lie under everything else: they are drawn there
    only where the map has nothing finer, which `drawing.is_rough` says.
    """
    if tile.zoom < NEAR:
        squares = _squares(store, filters, tile, ROUGH) if drawing.is_rough else ()
        return [*squares, *_cells(store, filters, tile, drawing)]
    return [
        *_squares(store, filters, tile, GRIDS),
        *_near(store, filters, tile, drawing),
    ]


def _near(store: Store, filters: Filters, tile: Tile, drawing: Drawing) -> Iterable[Feature]:
    """Cells of full tiles, and the records of all other cells one by one.

    A cell belongs to the tile of its centre, and that tile's records decide, so that every tile
    that shows a part of the cell draws it in the same way and no record twice.
    """
    if drawing.measure is not Measure.RECORDS or filters.origin is not Origin.CITIZENS:
        return _cells(store, filters, tile, drawing)
    resolution = resolution_at(tile.zoom, drawing.is_wide)
    reach = REACH_DEGREES[resolution]
    fine = store.map.quarters(filters.within(_wider(tile.around, reach * 2)))
    counts = dict(coarser_counts(fine, resolution))
    homes = {code: _home(code, tile.zoom) for code in counts}
    records: Counter[tuple[int, int]] = Counter()
    for code, count in counts.items():
        records[homes[code]] += count
    full = {code for code, home in homes.items() if records[home] > MOST_SINGLES}
    near = _wider(tile.box, reach)
    close = [code for code in sorted(counts) if near.contains(*centre_of(code))]
    drawn = [_cell(code, {"n": counts[code]}, drawing) for code in close if code in full]
    here, most = filters.within(tile.box), MOST_SINGLES * NEIGHBOURS
    if drawn:
        few = set(close) - full
        quarters = tuple(code for code, _ in fine if holder_of(code, resolution) in few)
        here = replace(here, quarters=quarters)
        if not quarters:
            return drawn
    return [*drawn, *(_single(*one) for one in store.map.singles(here, most))]


@lru_cache(maxsize=MOST_HELD)
def _home(code: str, zoom: int) -> tuple[int, int]:
    """The numbers of the tile that holds a cell's centre."""
    return _tile_of(*centre_of(code), zoom)


def _tile_of(latitude: float, longitude: float, zoom: int) -> tuple[int, int]:
    """The numbers of the tile that contains a WGS-84 point, by the Web Mercator projection."""
    side = 2**zoom
    y = (1 - asinh(tan(radians(latitude))) / pi) / 2 * side
    return floor((longitude + 180) / 360 * side), floor(y)


def resolution_at(zoom: int, is_wide: bool) -> int:
    """The H3 resolution of the cells in tiles of a zoom."""
    if zoom < MIDDLE and is_wide:
        return WIDE_RESOLUTION
    if zoom < NEAR:
        return CITY_RESOLUTION
    return STREET_RESOLUTION if zoom < DEEPEST else QUARTER_RESOLUTION


def _cells(store: Store, filters: Filters, tile: Tile, drawing: Drawing) -> Iterator[Feature]:
    """Every cell whose centre lies in or near the tile; one across a border is in both tiles."""
    resolution = resolution_at(tile.zoom, drawing.is_wide)
    reach = REACH_DEGREES[resolution]
    near = _wider(tile.box, reach)
    # the records of such a cell may lie that far out again
    round_it = filters.within(_wider(tile.box, reach * 2))
    for code, values in _measured(store, round_it, resolution, drawing.measure):
        if near.contains(*centre_of(code)):
            yield _cell(code, values, drawing)


def _cell(code: str, values: dict[str, int], drawing: Drawing) -> Feature:
    properties = {"c": _class(values, drawing), **values, "i": code}
    return _feature("Polygon", [_shrunk(code)], properties)


def _class(values: dict[str, int], drawing: Drawing) -> int:
    if drawing.measure is Measure.COMPARED:
        return compared(values["n"], values["v"])
    return class_of(values.get("s", values["n"]), drawing.starts)


def _measured(
    store: Store, filters: Filters, resolution: int, measure: Measure
) -> Iterator[tuple[str, dict[str, int]]]:
    """Each cell with its number of records `n`.

    Where asked for, also the number of species `s`, or of the surveys' records `v`.
    """
    if measure is Measure.SPECIES:
        for code, records, species in sorted(store.map.richness(filters, resolution)):
            if species:
                yield code, {"n": records, "s": species}
        return
    if measure is Measure.COMPARED:
        ours = dict(_counted(store, filters.of(Origin.CITIZENS), resolution))
        theirs = dict(_counted(store, filters.of(Origin.SURVEY), resolution))
        for code in sorted(ours.keys() | theirs.keys()):
            yield code, {"n": ours.get(code, 0), "v": theirs.get(code, 0)}
        return
    for code, records in sorted(_counted(store, filters, resolution)):
        yield code, {"n": records}


def _counted(store: Store, filters: Filters, resolution: int) -> list[tuple[str, int]]:
    kept = store.map.cells if resolution <= CITY_RESOLUTION else store.map.quarters
    return coarser_counts(kept(filters), resolution)


@lru_cache(maxsize=20_000)
def _shrunk(code: str) -> list[Point]:
    latitude, longitude = centre_of(code)
    decimals = CELL_DECIMALS[resolution_of(code)]
    return [
        _point(
            longitude + (x - longitude) * COVERAGE, latitude + (y - latitude) * COVERAGE, decimals
        )
        for x, y in outline(Cell(code))
    ]


def _squares(store: Store, filters: Filters, tile: Tile, grids: Sequence[int]) -> Iterator[Feature]:
    """The part of each square that lies in the tile: whole ones would overlap in two tiles."""
    box = tile.box
    for square, count in _not_too_many(_squares_round(store, filters, box, grids), box):
        part = _common(square.box, box)
        if part is None:
            continue
        properties: dict[str, object] = {"c": SQUARE, "n": count, "i": square.code}
        if part == square.box:
            yield _feature("Polygon", [_corners(part)], {**properties, "c": WHOLE_SQUARE})
            continue
        yield _feature("Polygon", [_corners(part)], properties)
        for line in _border(square.box, part):
            yield _feature("LineString", line, {**properties, "c": BORDER})


def _squares_round(
    store: Store, filters: Filters, box: Box, grids: Sequence[int]
) -> Iterator[tuple[Square, int]]:
    """The squares that overlap the box, or lie in a wider generalised one that does.

    Each kind as far as its widest reaches: with one reach for both, every generalised square of the
    city would be looked at for each tile.
    """
    for kind in (WIDE, GENERALISED):
        if some := [grid for grid in kind if grid in grids]:
            yield from store.map.squares(filters.within(_wider(box, 1 / kind[0])), some)


def _not_too_many(squares: Iterable[tuple[Square, int]], box: Box) -> list[tuple[Square, int]]:
    """The squares, or the next wider ones where a grid has too many.

    Wider ones are less exact, and a nearer tile shows the finer ones.
    """
    counts: dict[int, Counter[Square]] = {grid: Counter() for grid in GRIDS}
    for square, count in squares:
        counts[square.grid][square] += count
    for grid, wider in zip(reversed(GENERALISED), reversed(GENERALISED[:-1]), strict=False):
        visible = sum(_overlaps(square.box, box) for square in counts[grid])
        if visible > MOST_SQUARES:
            for square, count in counts.pop(grid).items():
                counts[wider][square.within(wider)] += count
    pairs = (pair for grid in GRIDS for pair in counts.get(grid, Counter()).items())
    return sorted(pairs, key=lambda pair: (pair[0].grid, pair[0].row, pair[0].column))


def _border(whole: Box, part: Box) -> Iterator[list[Point]]:
    """Those sides of a square's part that are sides of the whole square."""
    south_west, south_east, north_east, north_west, _ = _corners(part)
    if part.west == whole.west:
        yield [south_west, north_west]
    if part.east == whole.east:
        yield [south_east, north_east]
    if part.south == whole.south:
        yield [south_west, south_east]
    if part.north == whole.north:
        yield [north_west, north_east]


def _overlaps(one: Box, other: Box) -> bool:
    return (
        one.west < other.east
        and other.west < one.east
        and one.south < other.north
        and other.south < one.north
    )


def _common(one: Box, other: Box) -> Box | None:
    if not _overlaps(one, other):
        return None
    return Box(
        west=max(one.west, other.west),
        south=max(one.south, other.south),
        east=min(one.east, other.east),
        north=min(one.north, other.north),
    )


def _corners(box: Box) -> list[Point]:
    ring = [(box.west, box.south), (box.east, box.south), (box.east, box.north)]
    return [_point(*corner) for corner in (*ring, (box.west, box.north), ring[0])]


def _single(public_id: UUID, latitude: float, longitude: float) -> Feature:
    properties = {"c": SINGLE, "i": str(public_id)}
    return _feature("Point", _point(longitude, latitude), properties)


def _feature(kind: str, coordinates: object, properties: dict[str, object]) -> Feature:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _point(longitude: float, latitude: float, decimals: int = DECIMALS) -> Point:
    return round(longitude, decimals), round(latitude, decimals)


def _wider(box: Box, by: float) -> Box:
    return Box(box.west - by, box.south - by, box.east + by, box.north + by)


def _latitude(y: int, side: int) -> float:
    """The northern border of row `y`, by the inverse of the Web Mercator projection."""
    return degrees(atan(sinh(pi * (1 - 2 * y / side))))
