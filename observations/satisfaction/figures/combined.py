"""Figures made of several estimates: a weighted mean, and a difference, with their intervals.

Both need no more than the means and intervals themselves: each limit's distance from its mean
stands for the standard error on that side (the "method of variance estimates recovery": Zou and
Donner, Statistics in Medicine 27: 1693-1702, 2008). So a lopsided interval stays lopsided.
"""

from collections.abc import Sequence
from math import fsum, hypot

from observations.satisfaction.figures.estimates import Estimate


def weighted_mean(parts: Sequence[tuple[float, Estimate]]) -> Estimate:
    """The mean of independent estimates by their weights (of any sum), with its 95 % interval.

    With equal tails on both sides its variance is the stratified sample's, the sum of W² s² / n
    (Cochran, Sampling Techniques, 1977, 5.9).
    """
    whole = fsum(weight for weight, _ in parts)
    shares = [(weight / whole, one) for weight, one in parts]
    mean = fsum(share * one.mean for share, one in shares)
    below = hypot(*(share * (one.mean - one.low) for share, one in shares))
    above = hypot(*(share * (one.high - one.mean) for share, one in shares))
    return Estimate(sum(one.n for _, one in parts), mean, mean - below, mean + above)


def difference(one: Estimate, other: Estimate) -> tuple[float, float, float]:
    """How far `one` lies above `other` in points, and the 95 % interval of that."""
    above = one.mean - other.mean
    down = hypot(one.mean - one.low, other.high - other.mean)
    up = hypot(one.high - one.mean, other.mean - other.low)
    return above, above - down, above + up
