"""Cells, squares and records that a visitor can choose."""

from uuid import uuid4

import pytest

from observations.map.spots import (
    Cell,
    Single,
    Square,
    district_code,
    known_place,
    outline,
    spot_of,
    square_of,
)
from observations.places.cells import cell_of

XIXI = (30.268, 120.06)


@pytest.mark.parametrize(
    "spot",
    [
        Cell(cell_of(*XIXI, 7)),
        Cell(cell_of(*XIXI, 9)),
        Square(10, 302, 1200),
        Square(1000, 30268, 120060),
        Single(uuid4()),
    ],
)
def test_a_spot_is_found_again_by_its_code(spot: Cell | Square | Single) -> None:
    assert spot_of(spot.code) == spot


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x",
        "7-302-1200",
        "10--302-1200",
        "10-302-²",
        cell_of(*XIXI, 12),
        "<script>",
        "1-2",
        "9" * 5000 + "-1-1",
        "10-" + "9" * 5000 + "-1",
        "0" * 15,
    ],
)
def test_nonsense_is_no_spot(code: str) -> None:
    assert spot_of(code) is None


def test_a_cell_knows_whether_it_is_fine() -> None:
    assert not Cell(cell_of(*XIXI, 7)).is_fine
    assert Cell(cell_of(*XIXI, 9)).is_fine


def test_a_square_holds_the_point_it_was_made_of() -> None:
    square = square_of(30.3, 120.0, 10)
    assert (square.row, square.column) == (303, 1200)
    assert square.box.contains(30.35, 120.05)
    assert not square.box.contains(30.25, 120.05)


def test_an_outline_is_closed_and_longitude_stands_first() -> None:
    ring = outline(Square(10, 302, 1200))
    assert ring == [(120.0, 30.2), (120.1, 30.2), (120.1, 30.3), (120.0, 30.3), (120.0, 30.2)]
    ring = outline(Cell(cell_of(*XIXI, 7)))
    assert len(ring) == 7 and ring[0] == ring[-1]


def test_a_cell_is_called_after_a_known_place_nearby() -> None:
    place = known_place(Cell(cell_of(*XIXI, 7)))
    assert place is not None and place.name_en == "Xixi National Wetland Park"


def test_a_wide_square_is_called_after_no_park() -> None:
    square = square_of(*XIXI, 10)
    assert known_place(square) is None
    assert district_code(square) in ("330106", "330110")
