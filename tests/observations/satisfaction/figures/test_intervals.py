import random
from math import comb

import pytest

from observations.satisfaction.figures.intervals import SKEW, TAILS, chance_below, interval

SCORES = (0.0, 25.0, 50.0, 75.0, 100.0)


@pytest.mark.parametrize("n", [10, 15, 30, 400])
def test_where_all_say_5_the_interval_reaches_as_far_down_as_an_exact_one(n):
    # Clopper and Pearson, none of n: the share of others is below 1 - 0.025 ** (1 / n).
    low, high = interval({100.0: n})
    assert high == 100
    assert low == pytest.approx(100 * 0.025 ** (1 / n), abs=0.01)
    assert interval({0.0: n}) == (0, pytest.approx(100 - low, abs=1e-4))


@pytest.mark.parametrize(("few", "n"), [(1, 15), (4, 15), (9, 30), (1, 400)])
def test_of_the_two_ends_it_is_the_binomial_s_exact_interval_in_its_mid_p_form(few, n):
    low, high = interval({0.0: few, 100.0: n - few})
    mean = 100 * (n - few) / n
    below = TAILS / 2 * (1 - SKEW * (2 * mean / 100 - 1))
    for limit, tail in ((low, below), (high, TAILS - below)):
        share = 1 - limit / 100
        chances = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(few + 1)]
        mid_p = sum(chances) - chances[-1] / 2
        assert (mid_p if limit == low else 1 - mid_p) == pytest.approx(tail, abs=1e-3)


def test_the_same_answers_upside_down_have_the_interval_upside_down():
    low, high = interval({0.0: 1, 50.0: 4, 75.0: 9, 100.0: 8})
    assert interval({100.0: 1, 50.0: 4, 25.0: 9, 0.0: 8}) == pytest.approx((100 - high, 100 - low))


def test_more_people_make_it_narrower_and_it_stays_on_the_scale():
    widths = []
    for times in (1, 2, 8, 40):
        low, high = interval({0.0: times, 75.0: 4 * times, 100.0: 10 * times})
        assert 0 <= low < 100 * (3 + 10) / 15 < high <= 100
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)


def test_the_chance_is_that_of_a_beta_variable_where_there_are_two_scores():
    # A share of 3 to 2 is Beta(3, 2), whose distribution is 4 x**3 - 3 x**4.
    for x in (0.2, 0.5, 0.9):
        assert chance_below(((0.0, 2.0), (100.0, 3.0)), 100 * x) == pytest.approx(
            4 * x**3 - 3 * x**4, abs=1e-4
        )


@pytest.mark.parametrize(
    ("shares", "n"),
    [
        ((2, 0, 0, 0, 98), 30),  # 45 % are covered by the mean plus or minus t standard errors
        ((10, 0, 0, 0, 90), 15),
        ((1, 1, 3, 10, 85), 30),
        ((5, 0, 0, 35, 60), 15),
        ((75, 15, 5, 3, 2), 30),
        ((30, 0, 0, 0, 70), 30),
    ],
)
def test_the_interval_holds_the_truth_however_people_answer(shares, n):
    chance = random.Random(20261001)
    truth = sum(share * score for share, score in zip(shares, SCORES, strict=True)) / 100
    covered, rounds = 0, 600
    for _ in range(rounds):
        drawn = chance.choices(SCORES, shares, k=n)
        low, high = interval({score: drawn.count(score) for score in SCORES})
        covered += low <= truth <= high
    assert covered / rounds >= 0.92  # 93 in 100, and a standard error of 600 rounds
