import random

import pytest

from observations.satisfaction.figures.estimates import Part, unseen_margin
from observations.satisfaction.figures.estimates import estimate as estimate_of

PEOPLE = [1, 2, 3, 4, 5]


def estimate(counts):
    """One cell, everybody of the same weight."""
    return estimate_of([Part.of_counts(counts)])


def counted(answers):
    return [answers.count(answer) for answer in PEOPLE]


def test_a_hand_worked_example():
    # Ten people: two say 3, five say 4, three say 5, so scores 50 50 75x5 100 100 100.
    found = estimate([0, 0, 2, 5, 3])
    # mean 775 / 10; squares 2*27.5**2 + 5*2.5**2 + 3*22.5**2 = 3062.5; sd sqrt(3062.5 / 9)
    assert found.n == 10
    assert found.mean == pytest.approx(77.5)
    assert found.sd == pytest.approx(18.4466, abs=1e-4)
    # t(0.975, 9) = 2.26216; margin 2.26216 * 18.4466 / sqrt(10) = 13.1960
    assert found.low == pytest.approx(64.304, abs=1e-3)
    assert found.high == pytest.approx(90.696, abs=1e-3)


def test_fewer_than_ten_answers_are_withheld():
    assert estimate([0, 0, 2, 4, 3]) is None
    assert estimate([0, 0, 0, 0, 0]) is None


def test_the_interval_stays_on_the_scale():
    found = estimate([1, 0, 0, 0, 11])
    assert found.high == 100.0
    assert 0 <= found.low < found.mean


def test_answers_all_alike_still_have_an_interval():
    found = estimate([0, 0, 0, 30, 0])
    assert found.sd == 0
    assert found.low == pytest.approx(75 - unseen_margin(30))
    assert found.high == pytest.approx(75 + unseen_margin(30))


def test_the_rule_of_three():
    assert unseen_margin(100) == pytest.approx(300 / 100, abs=0.05)


def test_weights_move_the_mean_and_shrink_the_effective_size():
    light, heavy = (
        Part.of_counts([0, 0, 20, 0, 0], 1, ("a",)),
        Part.of_counts([0, 0, 0, 0, 20], 3, ("b",)),
    )
    found = estimate_of([light, heavy])
    assert found.n == 40
    assert found.mean == pytest.approx(87.5)
    # Kish: (20 * 1 + 20 * 3)**2 / (20 * 1 + 20 * 9)
    assert found.effective == pytest.approx(32)
    assert found.se > estimate([0, 0, 10, 0, 30]).se


def test_what_raking_has_fixed_does_not_widen_the_interval():
    parts = [
        Part.of_counts([5, 5, 10, 0, 0], 1, ("a",)),
        Part.of_counts([0, 0, 10, 5, 5], 1, ("b",)),
    ]
    assert estimate_of(parts, raked=[0]).se < estimate_of(parts).se
    assert estimate_of(parts, raked=[0]).mean == estimate_of(parts).mean


def test_two_raked_variables_are_fitted_together():
    parts = [
        Part.of_counts([0, 0, 8, 2, 0], 1, ("a", "f")),
        Part.of_counts([0, 0, 0, 8, 2], 1, ("a", "m")),
        Part.of_counts([0, 8, 2, 0, 0], 1, ("b", "f")),
        Part.of_counts([0, 0, 8, 2, 0], 1, ("b", "m")),
    ]
    # Additive without rest: within a cell 8 and 2 lie 25 apart, so squares 4 * 10 * 0.16 * 625,
    # and 40 - 3 parameters.
    found = estimate_of(parts, raked=[0, 1])
    assert found.se == pytest.approx((4 * 10 * 0.16 * 625 / 37 / 40) ** 0.5, rel=1e-6)


@pytest.mark.parametrize("people", [10, 30, 200])
def test_the_interval_holds_the_truth_about_95_times_in_100(people):
    chance = random.Random(20261001)
    weights = [4, 8, 22, 40, 26]
    truth = sum(w * (x - 1) * 25 for w, x in zip(weights, PEOPLE, strict=True)) / 100
    rounds = 2000
    held = 0
    for _ in range(rounds):
        found = estimate(counted(chance.choices(PEOPLE, weights, k=people)))
        held += found.low <= truth <= found.high
    assert 0.93 <= held / rounds <= 0.97
