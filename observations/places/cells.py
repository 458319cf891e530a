"""H3 cells: a distant view of the map counts records by them."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import h3

# The whole city in about 3,300 cells of 5 km²: still a cell each on a phone's screen that shows
# Hangzhou from Qiandao Lake to the estuary.
CITY_RESOLUTION = 7
# About 0.1 km², 200 m across: a park, a stretch of river bank. Nearer than that, records are
# drawn one by one.
QUARTER_RESOLUTION = 9
# About 36 km²; with its six neighbours 20 km across: within it the same species can be expected.
NEAR_RESOLUTION = 6
# A record is stored with the cells of those two resolutions; the map counts by the cells that
# contain them: about 36 km² where the whole city is shown, 0.7 km² in a large town.
WIDE_RESOLUTION = 6
STREET_RESOLUTION = 8
RESOLUTIONS = (WIDE_RESOLUTION, CITY_RESOLUTION, STREET_RESOLUTION, QUARTER_RESOLUTION)
MOST_HELD = 100_000  # cells whose centre and holder are remembered: a full city has fewer in use
Counted = tuple[str, int]  # a cell and its number of records


def cell_of(latitude: float, longitude: float, resolution: int) -> str:
    """The H3 cell (its 15 hex digits) that holds a WGS-84 point."""
    cell: str = h3.latlng_to_cell(latitude, longitude, resolution)
    return cell


def parent_of(cell: str, resolution: int) -> str:
    """The coarser cell that holds a cell's centre."""
    parent: str = h3.cell_to_parent(cell, resolution)
    return parent


def resolution_of(cell: str) -> int:
    """The resolution of a cell, which is the second hex digit of its code."""
    return int(cell[1], 16)


def coarser_counts(counted: Iterable[Counted], resolution: int) -> list[Counted]:
    """The same counts by the cells of a coarser resolution, or of the same one."""
    counts: Counter[str] = Counter()
    for code, count in counted:
        counts[holder_of(code, resolution)] += count
    return list(counts.items())


@lru_cache(maxsize=MOST_HELD)
def holder_of(code: str, resolution: int) -> str:
    """The cell of a coarser resolution that a cell is counted in; itself at its own."""
    return code if resolution_of(code) <= resolution else parent_of(code, resolution)


def children_of(cell: str) -> list[str]:
    """The seven cells of the next finer resolution whose centres a cell holds."""
    return sorted(h3.cell_to_children(cell))


def outline_of(cell: str) -> list[tuple[float, float]]:
    """A cell's corners as WGS-84 (latitude, longitude), anticlockwise, not closed."""
    return [(latitude, longitude) for latitude, longitude in h3.cell_to_boundary(cell)]


@lru_cache(maxsize=MOST_HELD)
def centre_of(cell: str) -> tuple[float, float]:
    """A cell's centre as WGS-84 (latitude, longitude)."""
    latitude, longitude = h3.cell_to_latlng(cell)
    return latitude, longitude


def city_cells_around(latitude: float, longitude: float) -> tuple[str, ...]:
    """The cells of `CITY_RESOLUTION`, by which the map counts the city, near a WGS-84 point.

    The same for every point in one cell of `NEAR_RESOLUTION`.
    """
    near = h3.grid_disk(cell_of(latitude, longitude, NEAR_RESOLUTION), 1)
    inner = (h3.cell_to_children(cell, CITY_RESOLUTION) for cell in near)
    return tuple(sorted(cell for cells in inner for cell in cells))
