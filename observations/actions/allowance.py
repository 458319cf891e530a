"""The points that reports without evidence may still earn today."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from observations.actions.counting import SELF_REPORT_POINTS_A_DAY
from observations.actions.store import Reads
from observations.base.clock import day_of, midnight
from observations.points.periods import Period, span


@dataclass(frozen=True)
class Allowance:
    """The points that reports without evidence may earn in a day, shown before logging.

    `used` counts those earned, and those that an entry which waits would earn.
    """

    a_day: int
    used: int

    @property
    def left(self) -> int:
        """The points they may still earn today."""
        return max(self.a_day - self.used, 0)


def allowance(rooms: Reads, observer_id: UUID | None, now: datetime) -> Allowance:
    """The allowance of the day of `now` (Asia/Shanghai); without an observer, the whole of it."""
    used = 0
    if observer_id:
        used = rooms.actions.by_word(observer_id, midnight(day_of(now)))
    return Allowance(SELF_REPORT_POINTS_A_DAY, used)


def left_today(rooms: Reads, observer_id: UUID, now: datetime) -> int:
    """The points that an observer's reports without evidence may still earn today."""
    return allowance(rooms, observer_id, now).left


def rest_of_month(
    rooms: Reads, observer_id: UUID | None, action_code: str, done_on: date
) -> list[Decimal]:
    """The quantities of an action on the other days of the calendar month of `done_on`."""
    if observer_id is None:
        return []
    days = span(Period.MONTH, done_on)
    quantities = rooms.actions.month_of(observer_id, action_code, days.first, days.last)
    return [quantity for day, quantity in quantities.items() if day != done_on]
