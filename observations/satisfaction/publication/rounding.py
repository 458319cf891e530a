"""What is said of a figure: so much that a neighbour can read it, too little to work back from."""

from math import ceil, floor

from observations.satisfaction.figures.estimates import Estimate
from observations.satisfaction.figures.intervals import interval

STEP_OF_PEOPLE = 10
"""Numbers of people are rounded down to tens: thirty stands for 30 to 39."""
OWN_INTERVAL_FROM = 30
"""With fewer answers the interval is not theirs: it is the widest that the mean allows."""
STEPS = {30: 2.5, 100: 1.0, 400: 0.5}
"""From so many answers on the limits lie a multiple of so many points from the mean."""
LEAST_OF_NARROWEST, MOST_OF_WIDEST = 1.25, 0.75
"""An interval near the narrowest or the widest that the mean allows would tell that all answers are
alike, or all extreme, and so each of them."""


def tens(people: int) -> int:
    """The number rounded down to tens, as it is published."""
    return people // STEP_OF_PEOPLE * STEP_OF_PEOPLE


def published(exact: Estimate) -> Estimate:
    """The figure as it is published: mean to one decimal, people in tens, a coarser interval."""
    people, mean = tens(exact.n), round(exact.mean, 1) + 0.0
    if exact.n < OWN_INTERVAL_FROM:
        return Estimate(people, mean, *widest(people, mean))
    step = next(step for n, step in reversed(STEPS.items()) if exact.n >= n)
    half = max(exact.mean - exact.low, exact.high - exact.mean)
    half = max(half, LEAST_OF_NARROWEST * _half(mean, *narrowest(people, mean)))
    half = ceil(round(half / step, 6)) * step
    if half > MOST_OF_WIDEST * _half(mean, *widest(people, mean)):
        return Estimate(people, mean, *widest(people, mean))
    low, high = round(mean - half, 1), round(mean + half, 1)
    return Estimate(people, mean, max(0.0, low), min(100.0, high))


def widest(people: int, mean: float) -> tuple[float, float]:
    """The limits of the mean of so many scores of 0 to 100 whatever they are, to one decimal.

    Nothing spreads wider around a mean than nothing but noughts and hundreds (Bhatia and Davis,
    American Mathematical Monthly 107: 353-357, 2000). So the limits follow from what is published
    beside them.
    """
    return _limits(people, mean, 0.0, 100.0)


def narrowest(people: int, mean: float) -> tuple[float, float]:
    """The limits where everybody gives one of the two answers next to the mean."""
    below = min(floor(mean / 25) * 25.0, 75.0)
    return _limits(people, mean, below, below + 25)


def _limits(people: int, mean: float, low: float, high: float) -> tuple[float, float]:
    """The limits of so many scores that are all `low` or `high`, to one decimal."""
    share = (mean - low) / (high - low)
    scores = {low: people * (1 - share), high: people * share}
    left, right = interval({score: n for score, n in scores.items() if n})
    return floor(left * 10) / 10, ceil(right * 10) / 10


def _half(mean: float, low: float, high: float) -> float:
    return max(mean - low, high - mean)
