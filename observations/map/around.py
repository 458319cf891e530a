"""The taxa recorded around a place, by the public view alone."""

from dataclasses import dataclass
from math import cos, radians
from typing import Protocol

from observations.map.exploring import Filters
from observations.map.taxon_summary import Tally
from observations.places.distance import METRES_PER_DEGREE
from observations.places.districts import Box

LEAST_M, MOST_M = 500, 3_000


class TallyReads(Protocol):
    """The reads of the projection. Every method may raise `StorageError`."""

    def tallies(self, filters: Filters) -> list[Tally]:
        """Every taxon that has a public record."""
        ...


class Store(Protocol):
    """The reads that this module needs."""

    @property
    def map(self) -> TallyReads: ...


@dataclass(frozen=True)
class Around:
    """The taxa recorded within `reach_m` metres to each side of a place, most frequent first."""

    reach_m: float
    tallies: tuple[Tally, ...]


def around(store: Store, latitude: float, longitude: float, uncertainty_m: float) -> Around:
    """The taxa recorded around a WGS-84 place that is exact to `uncertainty_m` metres.

    A record in a square of 0.1 degrees, 10 km wide, may have been anywhere in it, so it does not
    count. A record in a finer square counts where the square's centre lies in the box.
    """
    reach = min(max(uncertainty_m, LEAST_M), MOST_M)
    north = reach / METRES_PER_DEGREE
    east = north / cos(radians(latitude))
    box = Box(longitude - east, latitude - north, longitude + east, latitude + north)
    tallies = store.map.tallies(Filters(box=box, is_fine=True))
    return Around(reach, tuple(sorted(tallies, key=lambda tally: (-tally.records, tally.taxon_id))))
