"""What a report counts for on its day: within what the day's other entries leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from observations.actions.catalogue import Action
from observations.actions.counting import (
    SELF_REPORT_KG_A_DAY,
    SELF_REPORT_POINTS_A_DAY,
    Count,
    count,
    excluding_code,
)
from observations.actions.store import Reads
from observations.points.periods import Period, span


@dataclass(frozen=True)
class Allowance:
    """What reports without evidence may bring for a day they were done on, shown before logging.

    `used` points count those earned, and those that an entry which waits would earn; `used_kg` is
    kilograms CO2e.
    """

    a_day: int = SELF_REPORT_POINTS_A_DAY
    used: int = 0
    kg_a_day: Decimal = SELF_REPORT_KG_A_DAY
    used_kg: Decimal = Decimal(0)

    @property
    def left(self) -> int:
        """The points they may still earn for the day."""
        return max(self.a_day - self.used, 0)

    @property
    def left_kg(self) -> Decimal:
        """The kilograms CO2e they may still avoid on the day."""
        return max(self.kg_a_day - self.used_kg, Decimal(0))


def allowance(rooms: Reads, observer_id: UUID | None, done_on: date) -> Allowance:
    """The allowance of the day (Asia/Shanghai) that actions were done on, whenever they are logged.

    Without an observer, the whole of it.
    """
    if observer_id is None:
        return Allowance()
    points, kilograms = rooms.actions.by_word(observer_id, done_on)
    return Allowance(used=points, used_kg=kilograms)


def count_of(
    rooms: Reads,
    action: Action,
    quantity: Decimal,
    observer_id: UUID | None,
    done_on: date,
    *,
    has_evidence: bool,
) -> Count:
    """What `quantity` units of `action` count for, beside what the observer has on that day."""
    rest = allowance(rooms, observer_id, done_on)
    return count(
        action,
        quantity,
        rooms.actions.day_of(observer_id, done_on) if observer_id else (),
        has_evidence=has_evidence,
        left=rest.left,
        left_kg=rest.left_kg,
        month=rest_of_month(rooms, observer_id, action.code, done_on),
    )


def next_points(
    rooms: Reads, catalogue: Iterable[Action], observer_id: UUID | None, today: date
) -> dict[str, int]:
    """What one tap on each action earns, by its code: its first amount, today, by one's word.

    Nothing where the day already holds the same act under another name. Three statements, whatever
    the catalogue's length.
    """
    rest = allowance(rooms, observer_id, today)
    day = rooms.actions.day_of(observer_id, today) if observer_id else ()
    days = span(Period.MONTH, today)
    month = rooms.actions.months_of(observer_id, days.first, days.last) if observer_id else ()
    points = {}
    for action in catalogue:
        others = [q for code, on, q in month if code == action.code and on != today]
        counted = count(
            action, action.choices[0], day, has_evidence=False, left=rest.left, month=others
        )
        points[action.code] = 0 if excluding_code(action, day) else counted.points
    return points


def rest_of_month(
    rooms: Reads, observer_id: UUID | None, action_code: str, done_on: date
) -> list[Decimal]:
    """The quantities of an action on the other days of the calendar month of `done_on`."""
    if observer_id is None:
        return []
    days = span(Period.MONTH, done_on)
    quantities = rooms.actions.month_of(observer_id, action_code, days.first, days.last)
    return [quantity for day, quantity in quantities.items() if day != done_on]
