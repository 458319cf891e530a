"""What an action counts for: points and, where a factor has a source, kilograms avoided."""

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
    """What one entry is made of.

    `counted` units lie within the day's limit of the action and give `full_points`. `points` is
    what it earns: all of them with a photo, half (rounded up) at the person's word, never more
    than was left of the day's allowance. `avoided_kg_co2e` is None without a factor.
    """

    quantity: Decimal
    counted: Decimal
    full_points: int
    points: int
    avoided_kg_co2e: Decimal | None
    by_word: bool

    @property
    def is_capped(self) -> bool:
        """Whether the day's limits took something away."""
        return self.counted < self.quantity or self.points < self.rate_points

    @property
    def rate_points(self) -> int:
        """What it would earn if the day's allowance had no end."""
        return self_report_rate(self.full_points) if self.by_word else self.full_points


def count(
    action: Action, quantity: Decimal, day: Iterable[DayTotal], *, has_photo: bool, left: int
) -> Count:
    """What `quantity` units of `action` count for on a day that already holds `day`.

    `left` is what self-reports may still earn today.
    """
    before = so_far(action, day)
    full = _points(action, before.quantity + quantity) - _points(action, before.quantity)
    earned = full if has_photo else min(self_report_rate(full), max(left, 0))
    return Count(
        quantity=quantity,
        counted=max(min(quantity, action.daily_cap - before.quantity), NOTHING),
        full_points=full,
        points=earned,
        avoided_kg_co2e=avoided(action.factor, quantity, before.avoided_kg_co2e),
        by_word=not has_photo,
    )


def self_report_rate(full_points: int) -> int:
    """Half, rounded up: something that is worth anything earns at least one point."""
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
    """What the day already holds of `action`."""
    found = (total for total in day if total.action_code == action.code)
    return next(found, DayTotal(action.code, NOTHING, NOTHING))


def counted_instead(action: Action, day: Iterable[DayTotal]) -> str | None:
    """The code of an action that the day already holds and that counts the same thing."""
    return next((total.action_code for total in day if total.action_code in action.not_with), None)


def _points(action: Action, quantity: Decimal) -> int:
    portions = int(min(quantity, action.daily_cap) // action.portion)
    return portions * action.points
