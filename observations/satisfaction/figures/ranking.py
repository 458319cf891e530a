"""Ranks as ranges of places, which show how certain each rank is."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from statistics import NormalDist

from observations.satisfaction.figures.combined import difference
from observations.satisfaction.figures.estimates import CONFIDENCE, Estimate

RANKED_FROM = 30
"""A district where fewer people than this have proved their residence has no rank."""


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


def _range(name: str, ranked: Mapping[str, Estimate]) -> RankRange:
    own = ranked[name]
    pairs = [(own, other) for key, other in ranked.items() if key != name]
    ordered = sorted(pairs, key=lambda pair: -abs(_distance(*pair)))
    better = worse = 0
    for left, (one, other) in zip(range(len(ordered), 0, -1), ordered, strict=True):
        distance = _distance(one, other)
        if abs(distance) <= _bound(left):
            break
        better += distance < 0
        worse += distance > 0
    return RankRange(1 + better, len(ranked) - worse)


def _distance(one: Estimate, other: Estimate) -> float:
    """How far apart two means lie, in halves of the interval of their difference."""
    apart, low, high = difference(one, other)
    half = apart - low if apart > 0 else high - apart
    return apart / half if half else inf * apart if apart else 0.0


def _bound(pairs: int) -> float:
    """How many halves of a 95 % interval two means must lie apart, among so many pairs (Holm)."""
    normal = NormalDist()
    at_once = normal.inv_cdf(1 - (1 - CONFIDENCE) / 2 / pairs)
    return at_once / normal.inv_cdf((1 + CONFIDENCE) / 2)
