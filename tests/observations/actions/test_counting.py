"""What an action counts for."""

import random
from decimal import Decimal

import pytest

from observations.actions.counting import count, excluding_code, self_report_rate
from observations.actions.entries import DayTotal
from tests.observations.actions.shelf import action

METRO, STEPS, CUP, PLATE = (
    action(code) for code in ("TRV-METRO", "TRV-WALK-STEP", "USE-CUP", "FOD-PLATE")
)
PLENTY = 1000


def logged(what, quantity, kilograms="0"):
    return DayTotal(what.code, Decimal(quantity), Decimal(kilograms))


def counted(what, quantity, day=(), has_photo=False, left=PLENTY):
    return count(what, Decimal(quantity), day, has_evidence=has_photo, left=left)


def test_two_metro_rides_with_a_photo_are_worth_twice_their_points():
    result = counted(METRO, 2, has_photo=True)
    assert (result.points, result.full_points) == (6, 6)
    assert result.avoided_kg_co2e == Decimal("0.274")


def test_at_the_persons_word_it_is_half_rounded_up():
    assert counted(METRO, 1).points == 2  # half of 3
    assert counted(METRO, 2).points == 3
    assert [self_report_rate(n) for n in range(6)] == [0, 1, 1, 2, 2, 3]


def test_an_action_without_a_factor_gives_points_and_no_kilograms():
    result = counted(CUP, 1)
    assert result.avoided_kg_co2e is None
    assert result.points == 1


def test_more_than_the_days_limit_of_an_action_earns_no_more():
    result = counted(METRO, 9, has_photo=True)
    assert (result.counted, result.points) == (4, 12)
    assert result.avoided_kg_co2e == 4 * METRO.factor.saving


def test_what_was_logged_before_fills_the_days_limit():
    assert counted(METRO, 2, [logged(METRO, 3)], has_photo=True).points == 3
    assert counted(METRO, 2, [logged(METRO, 4)], has_photo=True).points == 0
    assert counted(METRO, 2, [logged(PLATE, 3)], has_photo=True).points == 6


def test_the_allowance_of_a_day_caps_self_reports_only():
    assert counted(METRO, 2, left=1).points == 1
    assert counted(METRO, 2, left=0).points == 0
    assert counted(METRO, 2, left=0, has_photo=True).points == 6


def test_kilograms_of_steps_stop_at_the_days_limit():
    assert counted(STEPS, 10_000).avoided_kg_co2e == Decimal("0.2")
    assert counted(STEPS, 20_000).avoided_kg_co2e == Decimal("0.296")
    again = counted(STEPS, 10_000, [logged(STEPS, 10_000, "0.2")])
    assert again.avoided_kg_co2e == Decimal("0.096")


def test_too_few_steps_for_a_point_earn_none_until_they_add_up():
    assert counted(STEPS, 1500).points == 0
    assert counted(STEPS, 500, [logged(STEPS, 1500)]).points == 1


@pytest.mark.parametrize("seed", range(30))
def test_logging_in_pieces_never_earns_more_than_the_days_limit(seed):
    chance = random.Random(seed)
    what = chance.choice([METRO, STEPS, CUP, PLATE])
    quantity, kilograms, points = Decimal(0), Decimal(0), 0
    for _ in range(chance.randint(1, 12)):
        piece = Decimal(chance.randint(1, int(what.daily_cap)))
        day = [DayTotal(what.code, quantity, kilograms)] if quantity else []
        result = count(what, piece, day, has_evidence=True, left=0)
        quantity, points = quantity + piece, points + result.points
        kilograms += result.avoided_kg_co2e or 0
    whole = count(what, quantity, [], has_evidence=True, left=0)
    assert points == whole.full_points <= what.points * (what.daily_cap // what.portion)
    assert kilograms == (whole.avoided_kg_co2e or 0)


def test_an_act_is_not_counted_beside_another_that_is_the_same():
    car_free = action("TRV-CARFREE-DAY")
    assert excluding_code(car_free, [logged(METRO, 1)]) == METRO.code
    assert excluding_code(METRO, [logged(car_free, 1)]) == car_free.code
    assert excluding_code(METRO, [logged(METRO, 1), logged(PLATE, 1)]) is None
