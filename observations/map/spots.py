"""A selected spot of the map: a cell, a square of the grid, or one record."""

import re
from dataclasses import dataclass
from math import floor
from uuid import UUID

import h3

from observations.places.cells import (
    CITY_RESOLUTION,
    QUARTER_RESOLUTION,
    RESOLUTIONS,
    centre_of,
    children_of,
    outline_of,
    resolution_of,
)
from observations.places.distance import metres_between
from observations.places.districts import Box, district_of
from observations.places.grid import ROUNDING
from observations.places.key_places import KEY_PLACES, KeyPlace

# Cells a degree of the squares that places are drawn as: generalised ones, and those that are only
# known that widely.
GENERALISED, WIDE = (10, 100, 1000), (1, 2)
GRIDS = (*WIDE, *GENERALISED)
ROUGH = GRIDS[: GRIDS.index(10) + 1]  # wider than any cell
NEAR_M = 3_000  # key places are right within 1 to 3 km; a coarse cell is 2.4 km wide


@dataclass(frozen=True)
class Cell:
    """An H3 cell; `code`, its 15 hex digits, is its name in an address."""

    code: str

    @property
    def resolution(self) -> int:
        """One of H3's, 6 to 9: 36, 5, 0.7 or 0.1 square kilometres."""
        return resolution_of(self.code)

    @property
    def is_fine(self) -> bool:
        """Whether its records are selected by their fine cells, not by their coarse ones."""
        return self.resolution > CITY_RESOLUTION

    @property
    def stored_cells(self) -> tuple[str, ...]:
        """The cells of the resolution stored with a record that it consists of."""
        if self.resolution in (CITY_RESOLUTION, QUARTER_RESOLUTION):
            return (self.code,)
        return tuple(children_of(self.code))


@dataclass(frozen=True)
class Square:
    """A square of the fixed grid: `grid` cells a degree, counted from 0° N and 0° E."""

    grid: int
    row: int
    column: int

    @property
    def code(self) -> str:
        """Its name in an address: `10-302-1201`."""
        return f"{self.grid}-{self.row}-{self.column}"

    def within(self, wider: int) -> "Square":
        """The square of a wider grid around it; `wider` divides this one's cells a degree."""
        step = self.grid // wider
        return Square(wider, self.row // step, self.column // step)

    @property
    def box(self) -> Box:
        """Its borders, WGS-84."""
        return Box(
            west=self.column / self.grid,
            south=self.row / self.grid,
            east=(self.column + 1) / self.grid,
            north=(self.row + 1) / self.grid,
        )


@dataclass(frozen=True)
class Single:
    """One record, by its public id."""

    public_id: UUID

    @property
    def code(self) -> str:
        """Its name in an address."""
        return str(self.public_id)


Spot = Cell | Square | Single


def square_of(latitude: float, longitude: float, grid: int) -> Square:
    """The square of the grid that contains a WGS-84 point."""
    return Square(grid, floor(latitude * grid + ROUNDING), floor(longitude * grid + ROUNDING))


def spot_of(code: str) -> Spot | None:
    """The spot of that name in an address; None where there is none."""
    if h3.is_valid_cell(code):
        return Cell(code) if h3.get_resolution(code) in RESOLUTIONS else None
    parts = code.split("-")
    if len(parts) == 3 and all(re.fullmatch("[0-9]{1,7}", part) for part in parts):
        grid, row, column = (int(part) for part in parts)
        return Square(grid, row, column) if grid in GRIDS else None
    try:
        return Single(UUID(code))
    except ValueError:
        return None


def outline(spot: Cell | Square) -> list[tuple[float, float]]:
    """The border of a cell or square as WGS-84 (longitude, latitude), closed."""
    if isinstance(spot, Cell):
        corners = [(longitude, latitude) for latitude, longitude in outline_of(spot.code)]
    else:
        box = spot.box
        corners = [(box.west, box.south), (box.east, box.south), (box.east, box.north)]
        corners.append((box.west, box.north))
    return [*corners, corners[0]]


def centre(spot: Cell | Square) -> tuple[float, float]:
    """The centre of a cell or square, WGS-84 (latitude, longitude)."""
    if isinstance(spot, Cell):
        return centre_of(spot.code)
    box = spot.box
    return (box.south + box.north) / 2, (box.west + box.east) / 2


def known_place(spot: Cell | Square) -> KeyPlace | None:
    """The key place nearest to the centre of a cell, if near enough to name the cell by it.

    None for a square of 0.1 degrees and more, which is too wide for the name of a park.
    """
    if isinstance(spot, Square) and spot.grid in ROUGH:
        return None
    latitude, longitude = centre(spot)
    metres, place = min(
        ((metres_between(latitude, longitude, p.latitude, p.longitude), p) for p in KEY_PLACES),
        key=lambda pair: pair[0],
    )
    return place if metres <= NEAR_M else None


def district_code(spot: Cell | Square) -> str | None:
    """The district of the centre of a cell or square."""
    district = district_of(*centre(spot))
    return district.code if district else None
