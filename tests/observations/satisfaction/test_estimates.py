import random

import pytest

from observations.satisfaction.estimates import Estimate, estimate, unseen_margin

PEOPLE = [1, 2, 3, 4, 5]


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


def test_above_means_that_intervals_do_not_touch():
    high = Estimate(40, 80, 10, 75, 85)
    assert high.surely_above(Estimate(40, 70, 10, 66, 74))
    assert not high.surely_above(Estimate(40, 70, 10, 65, 75))


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
