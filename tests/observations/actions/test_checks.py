"""What is no action of these days."""

from datetime import date
from decimal import Decimal

import pytest

from observations.actions.checks import check_counted_once, check_day, check_quantity
from observations.actions.entries import DayTotal
from observations.base.errors import Refused
from tests.observations.actions.shelf import action

TODAY = date(2026, 5, 9)
METRO = action("TRV-METRO")


def test_today_and_the_seven_days_before_can_be_logged():
    for day in (TODAY, date(2026, 5, 2)):
        check_day(day, TODAY)


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 5, 10), "action.in_the_future"), (date(2026, 5, 1), "action.too_long_ago")],
)
def test_other_days_are_refused(day, code):
    with pytest.raises(Refused) as refused:
        check_day(day, TODAY)
    assert (refused.value.code, refused.value.field) == (code, "done_on")


@pytest.mark.parametrize("quantity", ["0", "-1", "0.001", "nan", "Infinity", "-Infinity"])
def test_a_quantity_that_is_none_is_refused(quantity):
    with pytest.raises(Refused) as refused:
        check_quantity(METRO, Decimal(quantity), [])
    assert refused.value.code == "action.no_quantity"


def test_more_than_a_day_can_hold_is_refused_also_in_pieces():
    assert check_quantity(METRO, Decimal(12), []) == 12
    with pytest.raises(Refused) as refused:
        check_quantity(METRO, Decimal(3), [DayTotal("TRV-METRO", Decimal(10), Decimal(0))])
    assert refused.value.code == "action.too_much"
    assert refused.value.values == {"most": "12"}


def test_a_quantity_is_kept_to_two_decimals():
    assert check_quantity(action("TRV-BIKE-KM"), Decimal("3.14159"), []) == Decimal("3.14")


def test_the_second_of_two_that_count_the_same_is_refused_and_named():
    with pytest.raises(Refused) as refused:
        check_counted_once(METRO, [DayTotal("TRV-CARFREE-DAY", Decimal(1), Decimal("8.17"))])
    assert refused.value.code == "action.counted_already"
    assert refused.value.values == {"other": "TRV-CARFREE-DAY"}
