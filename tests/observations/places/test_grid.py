"""The fixed grid of approximate places."""

import pytest

from observations.places.distance import metres_between
from observations.places.grid import degrees_of, generalise, is_withheld


@pytest.mark.parametrize(
    ("category", "degrees", "withheld"),
    [(None, None, False), (1, None, True), (2, 0.1, False), (3, 0.01, False), (4, 0.001, False)],
)
def test_a_category_has_its_cell_and_the_first_has_none(
    category: int | None, degrees: float | None, withheld: bool
) -> None:
    assert degrees_of(category) == degrees
    assert is_withheld(category) is withheld


@pytest.mark.parametrize(("degrees", "diagonal"), [(0.1, 14_700), (0.01, 1_470), (0.001, 147)])
def test_the_public_point_is_the_middle_of_the_cell(degrees: float, diagonal: float) -> None:
    latitude, longitude, across = generalise(30.2694, 120.0631, degrees)

    assert across == pytest.approx(diagonal, rel=0.01)
    assert metres_between(30.2694, 120.0631, latitude, longitude) <= across / 2 + 0.01


def test_every_point_of_a_cell_has_one_public_point() -> None:
    points = {
        generalise(30.2 + row / 100, 120.0 + column / 100, 0.1)[:2]
        for row in range(10)
        for column in range(10)
    }

    [point] = points
    assert point == pytest.approx((30.25, 120.05))


def test_a_point_on_the_line_stays_in_its_own_cell_whatever_the_double_says() -> None:
    # 30.3 * 10 is 302.99999999999994 in a double.
    assert generalise(30.3, 120.3, 0.1)[:2] == pytest.approx((30.35, 120.35))
