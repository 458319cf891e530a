"""Checks that refuse a report: its day, its quantity, an action counted already."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from observations.actions.catalogue import Action
from observations.actions.counting import excluding_code, so_far
from observations.actions.entries import DayTotal
from observations.base.errors import Refused

DAYS_BACK = 7
PLACES = Decimal("0.01")


def check_day(done_on: date, today: date) -> None:
    """Raise `Refused` for a day that can't be logged on `today`; both in Asia/Shanghai.

    Its code is `action.in_the_future` or `action.too_long_ago`.
    """
    if done_on > today:
        raise Refused("action.in_the_future", "done_on")
    if done_on < today - timedelta(days=DAYS_BACK):
        raise Refused("action.too_long_ago", "done_on", days=DAYS_BACK)


def check_quantity(action: Action, quantity: Decimal, day: Sequence[DayTotal]) -> Decimal:
    """The quantity to two decimals. Raises `Refused`: `action.no_quantity`, `action.too_much`."""
    if not quantity.is_finite() or quantity < PLACES:
        raise Refused("action.no_quantity", "quantity")
    if quantity + so_far(action, day).quantity > action.quantity_max:
        raise Refused("action.too_much", "quantity", most=f"{action.quantity_max:f}")
    return quantity.quantize(PLACES)


def check_counted_once(action: Action, day: Sequence[DayTotal]) -> None:
    """Raise `Refused("action.counted_already")` where an action of the day excludes this one."""
    other = excluding_code(action, day)
    if other:
        raise Refused("action.counted_already", "action_code", other=other)
