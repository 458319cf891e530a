"""The points of an action and, where a factor has a source, the kilograms it avoids."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from observations.actions.catalogue import Action, Factor
from observations.actions.entries import DayTotal

SELF_REPORT_POINTS_A_DAY = 20
"""What a day's self-reports can earn together; photos that staff accept come on top."""
GRAM = Decimal("0.000001")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Count:
    """What one entry counts for.

    `counted` units lie within the day's limit of the action and give `full_points`. `points` is
    what it earns: all of them with a photo, half (rounded up) without, never more than is left of
    the day's allowance. `avoided_kg_co2e` is None without a factor.
    """

    quantity: Decimal
    counted: Decimal
    full_points: int
    points: int
    avoided_kg_co2e: Decimal | None
    by_word: bool

    @property
    def rate_points(self) -> int:
        """What it would earn without a daily allowance."""
        return self_report_rate(self.full_points) if self.by_word else self.full_points


def count(
    action: Action,
    quantity: Decimal,
    day: Iterable[DayTotal],
    *,
    has_photo: bool,
    left: int,
    month: Iterable[Decimal] = (),
) -> Count:
    """What `quantity` units of `action` count for on a day that already has the entries `day`.

    `month` is the quantities on the other days of the same calendar month; `left` is what reports
    without evidence may still earn today.
    """
    before = so_far(action, day)
    elsewhere = sum(_portions(action, other) for other in month)
    before_portions = elsewhere + _portions(action, before.quantity)
    after = elsewhere + _portions(action, before.quantity + quantity)
    full = _worth(action, after) - _worth(action, before_portions)
    earned = full if has_photo else min(self_report_rate(full), max(left, 0))
    return Count(
        quantity=quantity,
        counted=_counted(action, quantity, before.quantity, elsewhere),
        full_points=full,
        points=earned,
        avoided_kg_co2e=avoided(action.factor, quantity, before.avoided_kg_co2e),
        by_word=not has_photo,
    )


def self_report_rate(full_points: int) -> int:
    """Half the points, rounded up: what is worth anything earns at least one point."""
    return (full_points + 1) // 2


def avoided(factor: Factor | None, quantity: Decimal, kg_before: Decimal) -> Decimal | None:
    """Kilograms CO2e avoided: activity x saving factor, within the day's limit if there is one.

    T/ACEF 031-2022 computes `activity x (baseline factor - action factor)`; our sources give the
    difference.
    """
    if factor is None:
        return None
    kilograms = (quantity * factor.saving).quantize(GRAM, ROUND_HALF_UP)
    if factor.most_kg_a_day is None:
        return kilograms
    return min(kilograms, max(factor.most_kg_a_day - kg_before, NOTHING))


def so_far(action: Action, day: Iterable[DayTotal]) -> DayTotal:
    """What the day already has of `action`."""
    totals = (total for total in day if total.action_code == action.code)
    return next(totals, DayTotal(action.code, NOTHING, NOTHING))


def excluding_code(action: Action, day: Iterable[DayTotal]) -> str | None:
    """The code of an action that the day already has and that excludes this one."""
    return next((total.action_code for total in day if total.action_code in action.not_with), None)


def _counted(action: Action, quantity: Decimal, before: Decimal, elsewhere: int) -> Decimal:
    """The units within the limits of the day and of the month."""
    room = action.daily_cap - before
    if action.monthly_cap is not None:
        month_so_far = elsewhere * action.portion + min(before, action.daily_cap)
        room = min(room, action.monthly_cap - month_so_far)
    return max(min(quantity, room), NOTHING)


def _portions(action: Action, quantity: Decimal) -> int:
    """Whole portions in a day's quantity, within the day's limit."""
    return int(min(quantity, action.daily_cap) // action.portion)


def _worth(action: Action, portions: int) -> int:
    """The points of a month's first `portions`: within the month's limit, diminishing by its steps.

    Rounded down in total: in whatever order entries come, together they earn this at most.
    """
    if action.monthly_cap is not None:
        portions = min(portions, int(action.monthly_cap // action.portion))
    marks = [0, *(start for start, _ in action.steps), portions]
    percents = [100, *(percent for _, percent in action.steps)]
    hundredths = 0
    for start, end, percent in zip(marks[:-1], marks[1:], percents, strict=True):
        hundredths += max(min(end, portions) - start, 0) * percent
    return hundredths * action.points // 100
