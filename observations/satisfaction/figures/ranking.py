"""Ranks as ranges of places, which show how certain each rank is."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

from observations.satisfaction.figures.estimates import CONFIDENCE, Estimate
from observations.satisfaction.figures.students_t import SMALLEST_DEGREES, t_quantile

RANKED_FROM = 30
"""A district with fewer answers than this has no rank."""


@dataclass(frozen=True)
class RankRange:
    """The places a district may hold, best first; `best == worst` when it is certain."""

    best: int
    worst: int

    def is_open(self, ranked: int) -> bool:
        """Whether the range contains all `ranked` places and so says nothing."""
        return ranked > 1 and (self.best, self.worst) == (1, ranked)


def rank_ranges(estimates: Mapping[str, Estimate]) -> dict[str, RankRange]:
    """The range of ranks for each district that has enough answers.

    `best` is one more than the districts surely above, `worst` the number of ranked districts
    less those surely below. Each range holds the true rank at 95 %: of all pairs that a district
    is in, the chance to call any apart that is not stays below 5 % (the marginal confidence set
    for a rank of Mogstad, Romano, Shaikh and Wilhelm, stepwise, with Holm's bounds; Chetverikov
    et al., "csranks", arXiv:2401.15205). Comparing pairs is sharper than asking whether two
    intervals overlap.
    """
    ranked = {name: one for name, one in estimates.items() if one.n >= RANKED_FROM}
    return {name: _range(name, ranked) for name in ranked}


def difference(one: Estimate, other: Estimate) -> tuple[float, float, float]:
    """How far `one` lies above `other` in points, and the 95 % interval of that.

    Welch's: degrees of freedom after Satterthwaite (NIST/SEMATECH e-Handbook, 1.3.5.3).
    """
    above = one.mean - other.mean
    quantile = t_quantile((1 + CONFIDENCE) / 2, degrees(one, other))
    margin = quantile * hypot(one.se, other.se)
    return above, above - margin, above + margin


def degrees(one: Estimate, other: Estimate) -> float:
    """The degrees of freedom of the difference of two means (Satterthwaite)."""
    errors = [(each.se**2, max(each.effective - 1, 1.0)) for each in (one, other)]
    below = sum(square**2 / free for square, free in errors)
    free = sum(square for square, _ in errors) ** 2 / below if below else SMALLEST_DEGREES
    return max(free, SMALLEST_DEGREES)


def _range(name: str, ranked: Mapping[str, Estimate]) -> RankRange:
    own = ranked[name]
    pairs = [(own, other) for key, other in ranked.items() if key != name]
    ordered = sorted(pairs, key=lambda pair: -abs(_distance(*pair)))
    better = worse = 0
    for left, (one, other) in zip(range(len(ordered), 0, -1), ordered, strict=True):
        distance = _distance(one, other)
        if abs(distance) <= t_quantile(1 - (1 - CONFIDENCE) / 2 / left, degrees(one, other)):
            break
        better += distance < 0
        worse += distance > 0
    return RankRange(1 + better, len(ranked) - worse)


def _distance(one: Estimate, other: Estimate) -> float:
    """How far apart two means lie, in standard errors of their difference."""
    return (one.mean - other.mean) / hypot(one.se, other.se)
