"""Ranks that say how much is known: a range, not a place."""

from collections.abc import Mapping
from dataclasses import dataclass

from observations.satisfaction.estimates import Estimate

RANKED_FROM = 30
"""A district with fewer answers than this has no rank."""


@dataclass(frozen=True)
class RankRange:
    """The places a district may hold, best first; ``best == worst`` when it is certain."""

    best: int
    worst: int


def rank_ranges(estimates: Mapping[str, Estimate]) -> dict[str, RankRange]:
    """Return the range of ranks for each district that has enough answers.

    ``best`` is one more than the districts whose interval lies wholly above, ``worst`` the
    number of ranked districts less those whose interval lies wholly below: Klein, Wright and
    Wieczorek, "A joint confidence region for an overall ranking of populations", Journal of
    the Royal Statistical Society A 183: 589-606, 2020. Each interval holds at 95 % by itself,
    so all ranges together hold with somewhat less.
    """
    ranked = {name: found for name, found in estimates.items() if found.n >= RANKED_FROM}
    return {name: _range(found, list(ranked.values())) for name, found in ranked.items()}


def _range(own: Estimate, everyone: list[Estimate]) -> RankRange:
    better = sum(other.surely_above(own) for other in everyone)
    worse = sum(own.surely_above(other) for other in everyone)
    return RankRange(1 + better, len(everyone) - worse)
