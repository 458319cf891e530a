"""The 95 % interval of a mean of bounded scores, made for small and lopsided samples.

Where most people give the same answer, those who would answer otherwise may not be in the sample at
all, and an interval of the mean plus or minus some spread ends too soon on that side. So one answer
is added that nobody has seen, with even chances the lowest or the highest there is, and the shares
of all answers vary as a Dirichlet distribution around the sample's (the Bayesian bootstrap: Rubin,
Annals of Statistics 9: 130-134, 1981).

With the added answer at one end alone this is Gaffke's interval (Metrika 62: 121-143, 2005;
Learned-Miller and Thomas, arXiv:1905.06208), and of two answers that of Clopper and Pearson; the
even chances make it their mid-P form, which is not too wide (Berry and Armitage, The Statistician
44: 417-423, 1995).
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import sqrt

import numpy as np

LOWEST, HIGHEST = 0.0, 100.0
TAILS = 0.05
SKEW = 0.5
"""How far the 5 % that may miss move to the short side of a lopsided interval: of a mean at the top
of the scale a quarter is left for the long side, of a mean in the middle a half. That side misses
too often otherwise, the other hardly ever."""
POINTS = 100
"""How finely the integral is taken: to 0.0001 of a chance."""
STEPS, CLOSE = 40, 1e-4
KEPT = 4096

Shares = tuple[tuple[float, float], ...]
"""Scores, each with the number of people who gave it (effective ones where weights differ)."""


def interval(people: Mapping[float, float]) -> tuple[float, float]:
    """The limits of the mean of scores (0 to 100), given how many people gave each."""
    return _interval(tuple(sorted((x, k) for x, k in people.items() if k > 0)))


@lru_cache(KEPT)
def _interval(people: Shares) -> tuple[float, float]:
    mean = sum(x * k for x, k in people) / sum(k for _, k in people)
    towards_top = SKEW * (2 * (mean - LOWEST) / (HIGHEST - LOWEST) - 1)
    below = TAILS / 2 * (1 - towards_top)
    upside_down = tuple(sorted((HIGHEST - x, k) for x, k in people))
    return _limit(people, below), HIGHEST - _limit(upside_down, TAILS - below)


def _limit(people: Shares, tail: float) -> float:
    """The score that the mean lies below with the chance `tail`."""
    with_lowest, with_highest = (_with(people, end) for end in (LOWEST, HIGHEST))

    def over(value: float) -> float:
        return (chance_below(with_lowest, value) + chance_below(with_highest, value)) / 2 - tail

    size = sum(k for _, k in people)
    mean = sum(x * k for x, k in people) / size
    spread = sqrt(sum(k * (x - mean) ** 2 for x, k in people)) / size
    near = mean - 3 * spread - 2 * mean / size
    return _root(over, near if near > LOWEST and over(near) < 0 else LOWEST, mean, tail)


def _with(people: Shares, score: float) -> Shares:
    """The same with one more person who gave `score`."""
    counts = dict(people)
    counts[score] = counts.get(score, 0.0) + 1
    return tuple(sorted(counts.items()))


def chance_below(people: Shares, value: float) -> float:
    """The chance that the mean is below `value` when the shares are Dirichlet around `people`.

    A Dirichlet variable is a set of gamma variables over their sum, so this asks for the chance
    that a weighted sum of gammas is negative, and inverts its characteristic function (Imhof,
    Biometrika 48: 419-426, 1961).
    """
    if len(people) == 1:
        return float(people[0][0] <= value)
    scores, sizes = np.array(people).T
    apart = scores - value
    if not (apart < 0).any() or not (apart > 0).any():
        return float(apart[0] < 0)
    x = (np.arange(POINTS) + 0.5) / POINTS
    scale = 2 / np.sqrt((sizes * apart**2).sum())
    at = scale * x / (1 - x)
    turned = np.outer(at, apart)
    angle = np.arctan(turned) @ sizes
    size = np.exp(-0.5 * (np.log1p(turned**2) @ sizes))
    terms = np.sin(angle) * size / at * scale / (1 - x) ** 2
    return float(0.5 - terms.mean() / np.pi)


def _root(rising: Callable[[float], float], low: float, high: float, tail: float) -> float:
    """Where a rising function crosses zero between `low` and `high` (the Illinois method).

    To a ten-thousandth of a point, or of `tail`.
    """
    at_low, at_high = rising(low), rising(high)
    if at_low >= 0:
        return low
    was_below = None
    for _ in range(STEPS):
        middle = high - at_high * (high - low) / (at_high - at_low)
        at = rising(middle)
        # the end that stays twice counts half, or it would stay for ever
        if at < 0:
            low, at_low, at_high = middle, at, at_high / 2 if was_below is True else at_high
        else:
            high, at_high, at_low = middle, at, at_low / 2 if was_below is False else at_low
        was_below = at < 0
        if high - low < CLOSE or abs(at) < CLOSE * tail:
            return middle
    return (low + high) / 2
