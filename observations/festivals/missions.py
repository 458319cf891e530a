"""Missions: nine species for a team to look for, that nobody has recorded here for long.

A target is a gap: unseen here (never recorded in the festival's districts, or not for a year) times
expected here (how often it is recorded in the city in this season) times reachable (common and easy
to tell, or known from here). Whoever finds one moves a species from unknown to known. Everything is
counted from public records with exact places and from imported surveys, sensitive taxa left out.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from math import log1p
from uuid import UUID

from observations.festivals.festival import Team
from observations.taxa.taxon import Taxon

TARGETS = 9  # of a team
OF_A_GROUP = 3  # at most: a team is not all birdwatchers
HANDS = 3  # teams look for different species: the gaps are dealt to so many
LONG_DAYS = 365
NEVER, LONG_AGO = 3.0, 2.0  # what finding it tells
EASY, HARD = 1.0, 0.4  # tier 1, and the rest


@dataclass(frozen=True)
class Gap:
    """How often a taxon was recorded in the city in the season, and here at any time; when last."""

    taxon_id: UUID
    in_season: int
    here: int
    last_here: date | None


@dataclass(frozen=True)
class Target:
    """A taxon to look for, and the gap that it would close."""

    taxon: Taxon
    gap: Gap


def targets(
    team: Team,
    gaps: Sequence[Gap],
    taxa: Mapping[UUID, Taxon],
    met: Collection[UUID],
    today: date,
) -> list[Target]:
    """Nine targets of a team, the most telling first; none that it has `met`."""
    open_ones = [
        Target(taxa[gap.taxon_id], gap)
        for gap in gaps
        if gap.taxon_id in taxa and gap.taxon_id not in met and _gain(gap, today)
    ]
    open_ones.sort(key=lambda one: (-_score(one, today), one.taxon.scientific_name))
    hand = team.team_id.int % HANDS
    others = (open_ones[n::HANDS] for n in range(HANDS) if n != hand)
    in_turn = chain(open_ones[hand::HANDS], *others)
    chosen: list[Target] = []
    of_group: Counter[str] = Counter()
    for one in in_turn:
        if len(chosen) < TARGETS and of_group[one.taxon.group] < OF_A_GROUP:
            chosen.append(one)
            of_group[one.taxon.group] += 1
    return chosen


def _gain(gap: Gap, today: date) -> float:
    if gap.last_here is None:
        return NEVER
    return LONG_AGO if (today - gap.last_here).days > LONG_DAYS else 0.0


def _score(one: Target, today: date) -> float:
    reach = EASY if one.taxon.tier == 1 or one.gap.here else HARD
    return _gain(one.gap, today) * log1p(one.gap.in_season) * reach
