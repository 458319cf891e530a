"""What the wall in the tent shows: the newest finds, where they were, and the tree of life so far.

Only confirmed sightings with a public exact place are on it; a picture of 500 records and one of 5
have the same parts, so that a screen that stays on for a day holds no more than at its beginning.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from observations.festivals.entry import Entry
from observations.festivals.result import Result
from observations.taxa.leaves import counted_as
from observations.taxa.taxon import Group, Taxon

NEWEST, MOST_SPOTS = 6, 300
# Places are gathered into squares of this many degrees, 400 m: more would be one blot from afar.
SQUARE_DEGREES = 0.004


@dataclass(frozen=True)
class Spot:
    """A square's middle (WGS-84 degrees) and its number of confirmed encounters."""

    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True)
class Limb:
    """A group of the tree of life: of each order its species on the checklist, and those met."""

    group: Group
    species: int
    met: int
    orders: tuple[tuple[int, int], ...]


def newest(whole: Result) -> list[Entry]:
    """The latest confirmed sightings, each of another species, those with a photo before others."""
    latest: dict[object, Entry] = {}
    for encounter in reversed(whole.count.encounters):
        if entry := encounter.confirmed:
            latest.setdefault(entry.leaf, entry)
    return sorted(latest.values(), key=lambda entry: not entry.photos)[:NEWEST]


def spots(whole: Result) -> list[Spot]:
    """Where confirmed encounters were, the fullest squares first."""
    squares = Counter(
        (round(entry.latitude / SQUARE_DEGREES), round(entry.longitude / SQUARE_DEGREES))
        for encounter in whole.count.encounters
        if (entry := encounter.confirmed)
    )
    return [
        Spot(round(north * SQUARE_DEGREES, 4), round(east * SQUARE_DEGREES, 4), count)
        for (north, east), count in squares.most_common(MOST_SPOTS)
    ]


def tree(whole: Result, checklist: Iterable[Taxon]) -> list[Limb]:
    """The groups of the checklist with their orders, and how many species of each were met."""
    met = {entry.leaf for e in whole.count.encounters if (entry := e.confirmed)}
    orders: dict[Group, dict[str, set[tuple[str, str | None]]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for taxon in checklist:
        orders[taxon.group][taxon.taxon_order].add(counted_as(taxon.scientific_name))
    limbs = []
    for group, own in sorted(orders.items(), key=lambda pair: list(Group).index(pair[0])):
        pairs = tuple((len(leaves), len(leaves & met)) for _, leaves in sorted(own.items()))
        sums = [sum(numbers) for numbers in zip(*pairs, strict=True)]
        limbs.append(Limb(group, sums[0], sums[1], pairs))
    return limbs
