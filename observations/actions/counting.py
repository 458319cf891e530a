"""The points of an action and, where a factor has a source, the kilograms it avoids."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from observations.actions.catalogue import Action, Factor
from observations.actions.entries import DayTotal

SELF_REPORT_POINTS_A_DAY = 20
"""What a day's self-reports can earn together; photos that staff accept come on top."""
SELF_REPORT_KG_A_DAY = Decimal(10)
"""What a day's self-reports can avoid together, kg CO2e: about one day without the car."""
GRAM = Decimal("0.000001")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Count:
    """What one entry counts for.

    `counted` units lie within the limits of the action and give `full_points` and `full_kg_co2e`.
    `points` is what it earns: all of them with a photo, half (rounded up) without, never more than
    is left of the day's allowance; `avoided_kg_co2e` likewise, without the half. Kilograms are None
    without a factor.
    """

    quantity: Decimal
    counted: Decimal
    full_points: int
    points: int
    full_kg_co2e: Decimal | None
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
    has_evidence: bool,
    left: int,
    left_kg: Decimal = SELF_REPORT_KG_A_DAY,
    month: Iterable[Decimal] = (),
) -> Count:
    """What `quantity` units of `action` count for on a day that already has the entries `day`.

    `month` is the quantities on the other days of the same calendar month; `left` and `left_kg` are
    what reports without evidence may still earn and avoid on that day.
    """
    before, elsewhere = so_far(action, day), tuple(month)
    portions_elsewhere = sum(_portions(action, other) for other in elsewhere)
    before_portions = portions_elsewhere + _portions(action, before.quantity)
    after = portions_elsewhere + _portions(action, before.quantity + quantity)
    full = _worth(action, after) - _worth(action, before_portions)
    units = counted_units(action, quantity, before.quantity, elsewhere)
    full_kg = avoided(action.factor, units, before.avoided_kg_co2e)
    kilograms = full_kg
    if full_kg is not None and not has_evidence:
        kilograms = min(full_kg, max(left_kg, NOTHING))
    return Count(
        quantity=quantity,
        counted=units,
        full_points=full,
        points=full if has_evidence else min(self_report_rate(full), max(left, 0)),
        full_kg_co2e=full_kg,
        avoided_kg_co2e=kilograms,
        by_word=not has_evidence,
    )


def self_report_rate(full_points: int) -> int:
    """Half the points, rounded up: what is worth anything earns at least one point."""
    return (full_points + 1) // 2


def avoided(factor: Factor | None, units: Decimal, kg_before: Decimal) -> Decimal | None:
    """Kilograms CO2e avoided: counted units x saving factor, within the day's limit if one is set.

    T/ACEF 031-2022 computes `activity x (baseline factor - action factor)`; our sources give the
    difference.
    """
    if factor is None:
        return None
    kilograms = (units * factor.saving).quantize(GRAM, ROUND_HALF_UP)
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


def counted_units(
    action: Action, quantity: Decimal, before: Decimal, month: Iterable[Decimal]
) -> Decimal:
    """The units within the limits of the day, which has `before`, and of the month.

    `month` is the quantities on its other days.
    """
    room = action.daily_cap - before
    if action.monthly_cap is not None:
        used = sum((min(other, action.daily_cap) for other in month), NOTHING)
        room = min(room, action.monthly_cap - used - min(before, action.daily_cap))
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
