"""What one tile of the public map shows."""

import random
from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import pytest

from observations.map.exploring import Filters, Measure
from observations.map.spots import Square, square_of
from observations.map.tiling import (
    BORDER,
    MOST_SINGLES,
    MOST_SQUARES,
    SINGLE,
    SQUARE,
    WHOLE_SQUARE,
    Drawing,
    Tile,
    features,
)
from observations.places.cells import (
    cell_of,
    centre_of,
    children_of,
    parent_of,
    resolution_of,
)
from observations.places.districts import Box
from tests.support.tiles import tile_of

STARTS = (1, 10, 40, 120, 360)
TOWN = Tile(8, 213, 105)  # holds 西湖
LAKE = (30.245, 120.14)


class Shelf:
    """A projection in memory: answers what lies in the box asked for."""

    def __init__(
        self,
        cells: dict[str, int] | None = None,
        singles: list[tuple[UUID, float, float]] | None = None,
        squares: dict[Square, int] | None = None,
        richness: list[tuple[str, int, int]] | None = None,
    ) -> None:
        self.map = self
        self._cells, self._singles, self._squares = cells or {}, singles or [], squares or {}
        self._richness = richness or []

    def richness(self, filters: Filters, resolution: int) -> list[tuple[str, int, int]]:
        return [item for item in self._richness if resolution_of(item[0]) == resolution]

    def cells(self, filters: Filters) -> list[tuple[str, int]]:
        return [item for item in self._cells.items() if _box(filters).contains(*centre_of(item[0]))]

    def quarters(self, filters: Filters) -> list[tuple[str, int]]:
        return self.cells(filters)

    def squares(self, filters: Filters, grids: Any) -> list[tuple[Square, int]]:
        return [item for item in self._squares.items() if item[0].grid in grids]

    def singles(self, filters: Filters, limit: int) -> list[tuple[UUID, float, float]]:
        return [one for one in self._singles if _box(filters).contains(*one[1:])][:limit]


def _box(filters: Filters) -> Box:
    assert filters.box is not None
    return filters.box


def drawn(shelf: Shelf, tile: Tile, is_rough: bool = False) -> list[Any]:
    return features(shelf, Filters(), tile, Drawing(STARTS, is_rough=is_rough))


def drawn_as(shelf: Shelf, tile: Tile, drawing: Drawing) -> list[Any]:
    return features(shelf, Filters(), tile, drawing)


def near_tile() -> Tile:
    """The tile of zoom 12 that holds the lake's middle."""
    return next(
        tile
        for x in range(3400, 3440)
        for y in range(1670, 1700)
        if (tile := Tile(12, x, y)).box.contains(*LAKE)
    )


def test_a_tile_knows_its_borders() -> None:
    assert TOWN.box.contains(*LAKE)
    assert Tile(0, 0, 0).box.west == -180
    assert round(Tile(0, 0, 0).box.north, 4) == 85.0511


def test_tiles_that_do_not_exist_are_known() -> None:
    assert TOWN.exists
    assert not Tile(8, 256, 0).exists
    assert not Tile(15, 0, 0).exists


def test_far_away_a_cell_is_a_polygon_with_its_class_and_count() -> None:
    cell = cell_of(*LAKE, 7)
    [feature] = drawn(Shelf(cells={cell: 41}), TOWN)
    assert feature["properties"] == {"c": 3, "n": 41, "i": cell}
    [ring] = feature["geometry"]["coordinates"]
    assert ring[0] == ring[-1] and len(ring) == 7


def test_a_cell_across_the_border_of_two_tiles_is_in_both() -> None:
    border = TOWN.box.west
    cell = cell_of(30.2, border, 7)
    for tile in (TOWN, Tile(8, TOWN.x - 1, TOWN.y)):
        assert [f["properties"]["n"] for f in drawn(Shelf(cells={cell: 5}), tile)] == [5]


def test_far_away_squares_show_only_where_there_is_nothing_finer() -> None:
    shelf = Shelf(squares={square_of(*LAKE, 10): 2})
    assert drawn(shelf, TOWN) == []
    assert drawn(shelf, TOWN, is_rough=True)[0]["properties"] == {
        "c": WHOLE_SQUARE,
        "n": 2,
        "i": "10-302-1201",
    }


def test_near_by_records_are_points_and_nothing_but_their_public_id() -> None:
    public_id = uuid4()
    [feature] = drawn(Shelf(singles=[(public_id, *LAKE)]), near_tile())
    assert feature["geometry"] == {"type": "Point", "coordinates": (LAKE[1], LAKE[0])}
    assert feature["properties"] == {"c": SINGLE, "i": str(public_id)}


def test_near_by_a_generalised_record_is_its_square_cut_at_the_tile() -> None:
    tile, square = near_tile(), square_of(*LAKE, 10)
    features = drawn(Shelf(squares={square: 1}), tile)
    [polygon] = [f for f in features if f["properties"]["c"] == SQUARE]
    for longitude, latitude in polygon["geometry"]["coordinates"][0]:
        assert tile.box.west - 1e-6 <= longitude <= tile.box.east + 1e-6
        assert square.box.south - 1e-6 <= latitude <= square.box.north + 1e-6
    borders = [f for f in features if f["properties"]["c"] == BORDER]
    assert all(f["geometry"]["type"] == "LineString" for f in borders)
    assert "Point" not in {f["geometry"]["type"] for f in features}


def test_a_crowded_tile_shows_fine_cells_instead_of_points() -> None:
    many = [(uuid4(), *LAKE) for _ in range(MOST_SINGLES + 1)]
    fine = cell_of(*LAKE, 9)
    features = drawn(Shelf(singles=many, cells={fine: len(many)}), near_tile())
    [cell] = [f["properties"] for f in features]
    assert cell == {"c": 4, "n": len(many), "i": parent_of(fine, 8)}


def test_a_full_city_has_wider_cells_from_afar_with_all_their_records() -> None:
    cells = children_of(cell_of(*LAKE, 6))
    features = drawn_as(Shelf(cells=dict.fromkeys(cells, 3)), TOWN, Drawing(STARTS, is_wide=True))
    assert [f["properties"] for f in features] == [{"c": 2, "n": 21, "i": cell_of(*LAKE, 6)}]


def test_nearer_by_a_full_city_has_its_coarse_cells_again() -> None:
    cell = cell_of(*LAKE, 7)
    tile = Tile(10, 853, 421)
    assert tile.box.contains(*LAKE)
    features = drawn_as(Shelf(cells={cell: 3}), tile, Drawing(STARTS, is_wide=True))
    assert [f["properties"]["i"] for f in features] == [cell]


def test_richness_colours_by_species_and_tells_the_effort() -> None:
    cell, unnamed = cell_of(*LAKE, 7), cell_of(30.1, 120.1, 7)
    shelf = Shelf(richness=[(cell, 300, 12), (unnamed, 4, 0)])
    features = drawn_as(shelf, TOWN, Drawing(STARTS, Measure.SPECIES))
    assert [f["properties"] for f in features] == [{"c": 2, "n": 300, "s": 12, "i": cell}]


def test_a_square_within_the_tile_is_one_shape() -> None:
    square = square_of(*LAKE, 1000)
    features = drawn(Shelf(squares={square: 2}), near_tile())
    assert [f["properties"] for f in features] == [{"c": WHOLE_SQUARE, "n": 2, "i": square.code}]


def test_too_many_small_squares_are_gathered_into_wider_ones() -> None:
    tile = near_tile()
    south, west = int(tile.box.south * 1000) + 1, int(tile.box.west * 1000) + 1
    many = {Square(1000, south + k // 40, west + k % 40): 1 for k in range(MOST_SQUARES + 10)}
    features = drawn(Shelf(squares=many), tile)
    assert {f["properties"]["i"].split("-")[0] for f in features} == {"100"}
    whole = {f["properties"]["i"]: f["properties"]["n"] for f in features}
    assert sum(whole.values()) == len(many)


class City:
    """Records in memory, answered as a store does: exact points alone."""

    def __init__(self, points: list[tuple[float, float]]) -> None:
        self.map = self
        self.points = [(uuid4(), *point) for point in points]

    def _in(self, filters: Filters) -> list[tuple[UUID, float, float]]:
        box = filters.box or Box(-180, -90, 180, 90)
        return [
            one
            for one in self.points
            if box.contains(*one[1:])
            and (not filters.quarters or cell_of(*one[1:], 9) in filters.quarters)
        ]

    def quarters(self, filters: Filters) -> list[tuple[str, int]]:
        return list(Counter(cell_of(*one[1:], 9) for one in self._in(filters)).items())

    def cells(self, filters: Filters) -> list[tuple[str, int]]:
        return list(Counter(cell_of(*one[1:], 7) for one in self._in(filters)).items())

    def squares(self, filters: Filters, grids: Any) -> list[tuple[Square, int]]:
        return []

    def singles(self, filters: Filters, limit: int) -> list[tuple[UUID, float, float]]:
        return self._in(filters)[:limit]


@pytest.mark.parametrize("zoom", range(7, 15))
@pytest.mark.parametrize("seed", [1, 2])
def test_every_record_is_drawn_once_in_a_whole_view(zoom: int, seed: int) -> None:
    """Full tiles beside nearly empty ones, with hot spots on their very borders."""
    dice = random.Random(seed)
    points = [(dice.uniform(30.0, 30.45), dice.uniform(119.9, 120.4)) for _ in range(900)]
    corner = Tile(13, *_numbers(*LAKE, 13)).box
    for latitude, longitude in ((corner.south, corner.west), (corner.north, corner.east), LAKE):
        points += [(dice.gauss(latitude, 0.008), dice.gauss(longitude, 0.008)) for _ in range(400)]
    city = City(points)
    first, last = _numbers(30.6, 119.7, zoom), _numbers(29.8, 120.6, zoom)
    singles: list[str] = []
    cells: dict[str, int] = {}
    for x in range(first[0], last[0] + 1):
        for y in range(first[1], last[1] + 1):
            for feature in features(city, Filters(), Tile(zoom, x, y), Drawing(STARTS)):  # type: ignore[arg-type]
                properties: Any = feature["properties"]
                if properties["c"] == SINGLE:
                    singles.append(properties["i"])
                else:
                    assert cells.setdefault(properties["i"], properties["n"]) == properties["n"]
    assert len(singles) == len(set(singles))
    assert len(singles) + sum(cells.values()) == len(points)


def _numbers(latitude: float, longitude: float, zoom: int) -> tuple[int, int]:
    tile = tile_of(latitude, longitude, zoom)
    return tile.x, tile.y
