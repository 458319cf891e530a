"""What a sighting is worth: the first of a day count whole, later ones less, after 20 nothing.

A day is the day of the photo where the camera or phone wrote its time and place, else the day it
was sent: a day typed by hand makes no new one. On a festival, a walk among them, the first of each
species with its own time and place counts whole besides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

SIGHTING_POINTS = 5
STEPS = ((5, SIGHTING_POINTS), (5, 3), (10, 1))
"""So many sightings of a day, and what each of them earns; the first come first."""


@dataclass(frozen=True)
class OnItsDay:
    """A sighting, with the `day` it counts for (Asia/Shanghai) and what it holds in the ledger.

    `is_at_festival`: seen on the days and in the districts of a festival that its observer joined,
    with a time and a place of its own.
    """

    occurrence_id: UUID
    taxon_id: UUID | None
    day: date
    is_at_festival: bool
    points: int = 0


def worth(sightings: int) -> int:
    """The points of so many sightings of one day together."""
    total = 0
    for number, each in STEPS:
        total += min(max(sightings, 0), number) * each
        sightings -= number
    return total


def points_of(sighting: OnItsDay, day: Sequence[OnItsDay]) -> int:
    """The points of a sighting beside those that hold points on its day.

    In whatever order they are accepted, taken back and accepted again, those of a day together hold
    what so many are worth.
    """
    others = [one for one in day if one.occurrence_id != sighting.occurrence_id and one.points > 0]
    first_of_species = _first_of_species(others)
    met = {one.taxon_id for one in first_of_species}
    if sighting.is_at_festival and sighting.taxon_id and sighting.taxon_id not in met:
        return SIGHTING_POINTS
    limited = [one for one in others if one not in first_of_species]
    left = worth(len(limited) + 1) - sum(one.points for one in limited)
    return min(max(left, 0), SIGHTING_POINTS)


def _first_of_species(day: Sequence[OnItsDay]) -> list[OnItsDay]:
    """Of each species at a festival the one that holds most."""
    firsts: dict[UUID, OnItsDay] = {}
    for one in sorted(day, key=lambda one: (-one.points, one.occurrence_id)):
        if one.is_at_festival and one.taxon_id:
            firsts.setdefault(one.taxon_id, one)
    return list(firsts.values())
