"""The fixed grid on which places are made approximate before anyone else sees them.

After Chapman (2020), *Current Best Practices for Generalizing Sensitive Species Occurrence Data*,
GBIF, table 7: category 1 is withheld (a region only), 2 is rounded to 0.1 degrees, 3 to 0.01,
4 to 0.001. Always the same geographic grid and never a random shift, so that two records of one
place cannot be averaged back to it. At Hangzhou a cell is about 11.1 x 9.6 km, 1.1 x 1.0 km and
111 x 96 m.
"""

from enum import IntEnum
from math import floor

from observations.places.distance import metres_between

# Keeps 30.3 * 10 = 302.99999999999994 in its cell, not the one below.
ROUNDING = 1e-9

# A place that is sure within this is drawn as a point; a wider one as a square (cells a degree)
# that is as wide: half its diagonal is the most that its kind of place is unsure by.
POINT_M = 1_000
SQUARES_M = ((10, 7_300), (2, 36_600))
WIDEST_SQUARE = 1
# The diagonal of a generalised cell, times its cells a degree, with the rounding of others.
DIAGONAL_M = 150_000


class SensitiveCategory(IntEnum):
    """GBIF's categories of how far a place is made approximate."""

    WITHHELD = 1
    TENTH = 2
    HUNDREDTH = 3
    THOUSANDTH = 4


DEGREES: dict[SensitiveCategory, float] = {
    SensitiveCategory.TENTH: 0.1,
    SensitiveCategory.HUNDREDTH: 0.01,
    SensitiveCategory.THOUSANDTH: 0.001,
}
# For a record the observer asked to hide, and one not named to species: it may be sensitive.
HIDDEN_DEGREES = 0.1


def degrees_of(category: int | None) -> float | None:
    """The side of the public cell in degrees; None where nothing is generalised.

    Category 1 has no cell: call `is_withheld` first.
    """
    if category is None or is_withheld(category):
        return None
    return DEGREES[SensitiveCategory(category)]


def square_grid(grid: int | None, uncertainty_m: float | None) -> int | None:
    """The cells a degree of the square that a public place is drawn as; None: a point.

    `grid` are those of a generalised place. The arithmetic is that of the column `square` in the
    projections.
    """
    wide = uncertainty_m or 0
    if wide <= POINT_M:
        return grid
    own = DIAGONAL_M / grid if grid else 0
    if wide > max(SQUARES_M[1][1], own):
        return WIDEST_SQUARE
    if wide > max(SQUARES_M[0][1], own):
        return SQUARES_M[1][0]
    return SQUARES_M[0][0] if wide > own else grid


def is_withheld(category: int | None) -> bool:
    """Whether a category allows no public point, not even an approximate one."""
    return category == SensitiveCategory.WITHHELD


def generalise(latitude: float, longitude: float, degrees: float) -> tuple[float, float, float]:
    """The centre (latitude, longitude, WGS-84) of a point's grid cell and its diagonal in metres.

    `degrees` is the cell's side: 0.1, 0.01 or 0.001. The arithmetic is the same as in the view
    `public_occurrence`, operation by operation, so that both give the same doubles.
    """
    factor = round(1 / degrees)
    south, west = _corner(latitude, factor), _corner(longitude, factor)
    diagonal = metres_between(south, west, south + 1 / factor, west + 1 / factor)
    return south + 0.5 / factor, west + 0.5 / factor, diagonal


def _corner(degrees: float, factor: int) -> float:
    return floor(degrees * factor + ROUNDING) / factor
