"""From counted answers to a mean with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from observations.satisfaction.dimensions import ANSWERS, score
from observations.satisfaction.students_t import t_quantile

CONFIDENCE = 0.95
SHOWN_FROM = 10
"""Fewer answers than this are withheld: single people could be read from them.

The Office for National Statistics checks counts below ten in the same way.
"""

Counts = Sequence[int]
"""How many people gave 1, 2, 3, 4 and 5."""


@dataclass(frozen=True)
class Estimate:
    """A mean of scores (0 to 100) of ``n`` people, and the interval it is known to."""

    n: int
    mean: float
    sd: float
    low: float
    high: float

    def surely_above(self, other: "Estimate") -> bool:
        """Tell whether the two intervals do not even touch, this one being higher."""
        return self.low > other.high


def estimate(counts: Counts) -> Estimate | None:
    """Return the mean, standard deviation and 95 % interval, or None where withheld.

    The interval is ``mean ± t(0.975, n - 1) * sd / sqrt(n)`` with the sample's standard
    deviation (divisor ``n - 1``): NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2.
    It is cut at 0 and 100, the ends of the scale.
    """
    n = sum(counts)
    if n < SHOWN_FROM:
        return None
    mean = sum(k * score(x) for x, k in zip(ANSWERS, counts, strict=True)) / n
    squares = sum(k * (score(x) - mean) ** 2 for x, k in zip(ANSWERS, counts, strict=True))
    sd = sqrt(squares / (n - 1))
    margin = t_quantile((1 + CONFIDENCE) / 2, n - 1) * sd / sqrt(n) if sd else unseen_margin(n)
    return Estimate(n, mean, sd, max(0.0, mean - margin), min(100.0, mean + margin))


def unseen_margin(n: int) -> float:
    """Return how far the mean may be off, in points, when all ``n`` answers are the same.

    Without any spread in the sample the t interval would have no width at all. Of people who
    answer differently there may still be a share of ``1 - 0.05 ** (1 / n)`` (the exact form of
    the "rule of three": Hanley and Lippman-Hand, JAMA 249: 1743, 1983), and each of them
    differs by at most 100 points.
    """
    return 100 * float(1 - (1 - CONFIDENCE) ** (1 / n))
