"""The periods of boards, by the calendar of Asia/Shanghai."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from observations.base.wording import N_

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(9999, 12, 31)
MONTHS_A_QUARTER, MONTHS_A_YEAR = 3, 12


class Period(StrEnum):
    """The length of a board's period."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


PERIOD_NAMES = {
    Period.WEEK: N_("本周"),
    Period.MONTH: N_("本月"),
    Period.QUARTER: N_("本季"),
    Period.YEAR: N_("今年"),
    Period.ALL: N_("全部"),
}
_MONTHS = {Period.MONTH: 1, Period.QUARTER: MONTHS_A_QUARTER, Period.YEAR: MONTHS_A_YEAR}


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


def span(period: Period, today: date) -> Span:
    """The days of the `period` that holds `today`; a week begins on Monday (ISO 8601)."""
    if period is Period.ALL:
        return Span(FIRST_DAY, LAST_DAY)
    if period is Period.WEEK:
        monday = today - timedelta(days=today.weekday())
        return Span(monday, monday + timedelta(days=6))
    months = _MONTHS[period]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    return Span(first, _months_later(first, months) - timedelta(days=1))


def before(period: Period, today: date) -> Span:
    """The whole `period` before the one that holds `today`."""
    return span(period, span(period, today).first - timedelta(days=1))


def _months_later(first: date, months: int) -> date:
    count = first.year * MONTHS_A_YEAR + first.month - 1 + months
    return date(count // MONTHS_A_YEAR, count % MONTHS_A_YEAR + 1, 1)
