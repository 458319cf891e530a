import pytest

from observations.satisfaction.figures.combined import difference, weighted_mean
from observations.satisfaction.figures.estimates import Part
from observations.satisfaction.figures.estimates import estimate as estimate_of
from observations.satisfaction.figures.intervals import interval


def estimate(counts):
    """One cell, everybody of the same weight."""
    return estimate_of([Part.of_counts(counts)])


def width(one):
    return one.high - one.low


def test_a_hand_worked_example():
    # Ten people: two say 3, five say 4, three say 5, so scores 50 50 75x5 100 100 100: 775 / 10.
    result = estimate([0, 0, 2, 5, 3])
    assert (result.n, result.mean) == (10, pytest.approx(77.5))
    # Farther down than up: there is more room for answers that nobody happened to give.
    assert 77.5 - result.low > result.high - 77.5 > 5


def test_fewer_than_ten_answers_are_withheld():
    assert estimate([0, 0, 2, 4, 3]) is None
    assert estimate([0, 0, 0, 0, 0]) is None


def test_weights_move_the_mean_and_shrink_the_effective_size():
    light, heavy = (
        Part.of_counts([0, 0, 20, 0, 0], 1, ("a",)),
        Part.of_counts([0, 0, 0, 0, 20], 3, ("b",)),
    )
    result = estimate_of([light, heavy])
    assert result.n == 40
    assert result.mean == pytest.approx(87.5)
    # Kish: (20 * 1 + 20 * 3)**2 / (20 * 1 + 20 * 9) = 32 people
    assert (result.low, result.high) == interval({50.0: 8, 100.0: 24})


def test_a_common_factor_of_all_weights_changes_nothing():
    counts = [1, 2, 3, 4, 10]
    one, ten = (estimate_of([Part.of_counts(counts, weight)]) for weight in (1, 10))
    assert one == ten


def test_a_city_of_unequal_districts_has_the_interval_of_a_stratified_sample():
    happy, split = estimate([0, 0, 0, 20, 380]), estimate([20, 0, 0, 0, 20])
    city = weighted_mean([(1, happy), (3, split)])
    assert (city.n, city.mean) == (440, pytest.approx(98.75 / 4 + 50 * 3 / 4))
    # The variance is W**2 s**2 / n of each: the 40 who are split make nearly all of it.
    assert width(city) == pytest.approx(width(split) * 3 / 4, rel=0.01)


def test_a_difference_is_as_lopsided_as_what_it_is_of():
    points, low, high = difference(estimate([0, 0, 0, 0, 40]), estimate([0, 0, 20, 20, 0]))
    assert points == pytest.approx(37.5)
    assert points - low > high - points
