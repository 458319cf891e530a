"""The public map in tiles: what one tile shows, as GeoJSON features (WGS-84).

Far away a tile holds the coarse cells with their class, near by the records one by one; a
generalised record is its square of the grid, never a point. Tiles are Web Mercator's, 512 pixels
wide, numbered as everywhere (x to the east, y to the south).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import atan, degrees, pi, sinh
from typing import Protocol
from uuid import UUID

from observations.occurrences.exploring import Filters, class_of
from observations.occurrences.spots import GRIDS, Cell, Square, outline
from observations.places.cells import centre_of
from observations.places.districts import Box

NEAR = 12  # the first zoom at which records are drawn one by one
DEEPEST = 14  # nearer views stretch these tiles
MOST_SINGLES = 1_000  # a tile with more records than this shows fine cells instead
REACH_DEGREES = 0.03  # no record lies farther from the middle of its coarse cell
COVERAGE = 0.92  # cells are drawn a little smaller, so that a line of land parts them
SQUARE, SINGLE, BORDER = 0, 6, 7  # kinds beside the classes 1 to 5: what the colours go by
DECIMALS = 6  # 0.1 metre: with less, a hairline would part the pieces of a square
CELL_DECIMALS = 4  # 11 metres, less than a pixel where cells are drawn

Feature = dict[str, object]
Point = tuple[float, float]


@dataclass(frozen=True)
class Tile:
    """One tile of the pyramid."""

    zoom: int
    x: int
    y: int

    @property
    def exists(self) -> bool:
        """Whether there is such a tile, no deeper than anything is drawn."""
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


class TileReads(Protocol):
    """Questions to the projection. Every method may raise `StorageError`."""

    def cells(self, filters: Filters) -> list[tuple[str, int]]:
        """Coarse cells with their number of records; wider squares are not in them."""
        ...

    def quarters(self, filters: Filters) -> list[tuple[str, int]]:
        """Fine cells with their number of records; generalised ones are not in them."""
        ...

    def squares(self, filters: Filters, grids: Sequence[int]) -> list[tuple[Square, int]]:
        """Squares of these grids with their number of generalised records."""
        ...

    def singles(self, filters: Filters, limit: int) -> list[tuple[UUID, float, float]]:
        """Public id, latitude and longitude of records whose place is exact."""
        ...


class Store(Protocol):
    """What is read here."""

    @property
    def map(self) -> TileReads: ...


def features(
    store: Store, filters: Filters, tile: Tile, starts: Sequence[int], is_rough: bool
) -> list[Feature]:
    """What a tile shows; `starts` are the first counts of the five classes.

    Far away squares of 0.1 degrees would lie under everything and say nothing: they are drawn
    there only when the map has nothing finer, which `is_rough` says.
    """
    if tile.zoom < NEAR:
        squares = _squares(store, filters, tile, GRIDS[:1]) if is_rough else ()
        return [*squares, *_cells(store.map.cells(_round(filters, tile)), tile, starts)]
    return [
        *_squares(store, filters, tile, GRIDS),
        *_near(store, filters.within(tile.box), tile, starts),
    ]


def _near(store: Store, filters: Filters, tile: Tile, starts: Sequence[int]) -> Iterable[Feature]:
    singles = store.map.singles(filters, MOST_SINGLES + 1)
    if len(singles) > MOST_SINGLES:
        return _cells(store.map.quarters(_round(filters, tile)), tile, starts)
    return [_single(*single) for single in singles]


def _round(filters: Filters, tile: Tile) -> Filters:
    """The same in the tile and round it, so that a cell across its border is counted whole."""
    return filters.within(_wider(tile.box, REACH_DEGREES * 2))


def _cells(
    counted: Iterable[tuple[str, int]], tile: Tile, starts: Sequence[int]
) -> Iterator[Feature]:
    near = _wider(tile.box, REACH_DEGREES)
    for code, count in counted:
        if near.contains(*centre_of(code)):
            properties = {"c": class_of(count, starts), "n": count, "i": code}
            yield _feature("Polygon", [_shrunk(code)], properties)


@lru_cache(maxsize=20_000)
def _shrunk(code: str) -> list[Point]:
    latitude, longitude = centre_of(code)
    return [
        _point(
            longitude + (x - longitude) * COVERAGE,
            latitude + (y - latitude) * COVERAGE,
            CELL_DECIMALS,
        )
        for x, y in outline(Cell(code))
    ]


def _squares(store: Store, filters: Filters, tile: Tile, grids: Sequence[int]) -> Iterator[Feature]:
    """The part of each square that lies in the tile: whole ones would overlap, tile on tile."""
    reach = filters.within(_wider(tile.box, 0.5 / grids[0]))
    for square, count in store.map.squares(reach, grids):
        part = _common(square.box, tile.box)
        if part is None:
            continue
        properties = {"c": SQUARE, "n": count, "i": square.code}
        yield _feature("Polygon", [_corners(part)], properties)
        for line in _border(square.box, part):
            yield _feature("LineString", line, {**properties, "c": BORDER})


def _border(whole: Box, part: Box) -> Iterator[list[Point]]:
    """Those sides of a square's part that are sides of the square."""
    south_west, south_east, north_east, north_west, _ = _corners(part)
    if part.west == whole.west:
        yield [south_west, north_west]
    if part.east == whole.east:
        yield [south_east, north_east]
    if part.south == whole.south:
        yield [south_west, south_east]
    if part.north == whole.north:
        yield [north_west, north_east]


def _common(one: Box, other: Box) -> Box | None:
    both = Box(
        west=max(one.west, other.west),
        south=max(one.south, other.south),
        east=min(one.east, other.east),
        north=min(one.north, other.north),
    )
    return both if both.west < both.east and both.south < both.north else None


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
