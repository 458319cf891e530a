"""The periods boards are made for, by the calendar of Hangzhou."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from observations.log.errors import Refused
from observations.log.wording import N_

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(9999, 12, 31)


class Period(StrEnum):
    """How far back a board looks."""

    WEEK = "week"
    MONTH = "month"
    ALL = "all"


PERIOD_NAMES = {Period.WEEK: N_("本周"), Period.MONTH: N_("本月"), Period.ALL: N_("全部")}


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


def parse_period(text: str) -> Period:
    """The period named `text`. Raises `Refused("board.unknown_period")`."""
    try:
        return Period(text)
    except ValueError:
        raise Refused("board.unknown_period", "period") from None


def span(period: Period, today: date) -> Span:
    """The days of `period` that holds `today`; a week begins on Monday (ISO 8601)."""
    if period is Period.WEEK:
        monday = today - timedelta(days=today.weekday())
        return Span(monday, monday + timedelta(days=6))
    if period is Period.MONTH:
        first = today.replace(day=1)
        return Span(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    return Span(FIRST_DAY, LAST_DAY)
