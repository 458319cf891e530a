"""The periods of the boards."""

from datetime import UTC, date, datetime

import pytest

from observations.base.clock import day_of
from observations.points.periods import Period, Span, span


def test_a_week_runs_from_monday_to_sunday():
    for day in (date(2026, 5, 4), date(2026, 5, 7), date(2026, 5, 10)):
        assert span(Period.WEEK, day) == Span(date(2026, 5, 4), date(2026, 5, 10))


def test_a_week_may_lie_in_two_years():
    assert span(Period.WEEK, date(2027, 1, 1)) == Span(date(2026, 12, 28), date(2027, 1, 3))


@pytest.mark.parametrize(
    ("today", "last"),
    [(date(2024, 2, 29), date(2024, 2, 29)), (date(2026, 2, 1), date(2026, 2, 28)),
     (date(2026, 12, 31), date(2026, 12, 31))],
)  # fmt: skip
def test_a_month_ends_on_its_last_day(today, last):
    assert span(Period.MONTH, today) == Span(today.replace(day=1), last)


def test_all_time_holds_every_day():
    everything = span(Period.ALL, date(2026, 5, 7))
    assert everything.first < date(2023, 1, 1) and everything.last > date(2100, 1, 1)


def test_monday_begins_at_midnight_in_hangzhou_not_in_london():
    sunday_evening_in_london = datetime(2026, 5, 10, 16, 0, tzinfo=UTC)
    assert day_of(sunday_evening_in_london) == date(2026, 5, 11)
