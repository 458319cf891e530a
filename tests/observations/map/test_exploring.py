"""Filters, periods, and the classes of the map's legend."""

from datetime import date

import pytest

from observations.map.exploring import Filters, Period, class_of, class_starts, days_of
from observations.map.spots import Cell
from observations.places.districts import Box

TODAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period.ALL, (None, None)),
        (Period.RECENT, (date(2026, 2, 13), None)),
        (Period.THIS_YEAR, (date(2026, 1, 1), None)),
        (Period.LAST_YEAR, (date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_a_period_is_of_the_calendar(period: Period, days: tuple[date | None, ...]) -> None:
    assert days_of(period, TODAY) == days


def test_an_empty_map_still_has_five_classes() -> None:
    assert class_starts([]) == (1, 2, 3, 4, 5)


def test_few_records_are_told_apart_one_by_one() -> None:
    assert class_starts([1, 2, 5]) == (1, 2, 3, 4, 5)


def test_classes_grow_by_a_factor_and_are_round() -> None:
    assert class_starts([1, 3, 1200]) == (1, 4, 15, 80, 300)


@pytest.mark.parametrize("largest", [6, 7, 33, 100, 999, 54_321, 10**7])
def test_classes_always_ascend_and_the_largest_falls_in_the_last(largest: int) -> None:
    starts = class_starts([largest])
    assert list(starts) == sorted(set(starts))
    assert class_of(largest, starts) == 5
    assert class_of(1, starts) == 1


def test_the_first_count_of_a_class_belongs_to_it() -> None:
    starts = (1, 10, 40, 120, 360)
    assert [class_of(n, starts) for n in (1, 9, 10, 39, 40, 359, 360, 9999)] == [
        1, 1, 2, 2, 3, 4, 5, 5,
    ]  # fmt: skip


def test_a_spot_and_a_box_leave_the_other_filters_as_they_are() -> None:
    birds = Filters(group_code="bird", district="330106")
    box = Box(west=120, south=30, east=120.1, north=30.1)
    assert birds.at(Cell("87309a426ffffff")).at(None) == birds
    assert (birds.within(box).group_code, birds.within(box).box) == ("bird", box)
