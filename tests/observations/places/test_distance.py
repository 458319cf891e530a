"""Distances over the ground."""

import pytest

from observations.places.distance import metres_between, metres_to_segment


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert metres_between(30, 120, 31, 120) == pytest.approx(111_195, abs=1)


def test_west_lake_to_tianmu_is_about_69_kilometres() -> None:
    assert metres_between(30.245, 120.14, 30.34, 119.43) == pytest.approx(69_000, rel=0.01)


def test_from_a_place_to_itself_is_nothing() -> None:
    assert metres_between(30.25, 120.15, 30.25, 120.15) == 0


def test_to_a_segment_is_to_its_middle_where_that_is_nearest() -> None:
    beside = metres_to_segment(30.25, 120.15, (120.16, 30.20), (120.16, 30.30))

    assert beside == pytest.approx(metres_between(30.25, 120.15, 30.25, 120.16), rel=0.001)


def test_to_a_segment_is_to_its_end_where_the_middle_lies_behind() -> None:
    beyond = metres_to_segment(30.35, 120.16, (120.16, 30.20), (120.16, 30.30))

    assert beyond == pytest.approx(metres_between(30.35, 120.16, 30.30, 120.16), rel=0.001)
