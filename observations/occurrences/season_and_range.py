"""Advice on season and range: where and when a taxon is usual, by its public records.

After Indicia's rules (its warehouse's `data_cleaner` plugins): out of season is pointed out only
where fewer than 6 accepted records lie within 7 days of the year in the same 10 km square; out of
range only where fewer than 2 lie nearby. So every acceptance teaches, and a few nearby switch the
advice off. Indicia draws season and range by hand; here they are drawn by the records themselves,
from 30 accepted ones of the taxon on.

Only the public view is asked, of taxa whose place is shown exactly: advice on a sensitive taxon
would tell where it lives, so there is none, whatever is in the store.
"""

from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Protocol
from uuid import UUID

from observations.base.wording import N_
from observations.occurrences.draft_advice import Advice
from observations.places.distance import METRES_PER_DEGREE
from observations.places.districts import Box

FROM_RECORDS = 30  # accepted records of the taxon: fewer tell nothing
SEASON_DAYS = 30  # days before and after: a season does not end on a day
RARE_SHARE = 0.02  # share of its records: a smaller share near the day means out of season
NEAR_DAYS, NEAR_ENOUGH = 7, 6  # Indicia's rule: so many records, so near in the year, one square
SQUARE_M = 10_000
RANGE_M, RANGE_ENOUGH = 20_000, 2

SEASON = N_("这个时候遇见{name}的不多，好记录。照片清楚的话，核实会快些。")
RANGE = N_("这一带以前很少记到{name}，谢谢你的记录。照片清楚的话，核实会快些。")


@dataclass(frozen=True)
class RecordCounts:
    """Accepted public records of a taxon: all, near the day of the year, near the place, both."""

    records: int
    in_season: int
    near_in_time_and_place: int
    in_range: int


class RecordCountReads(Protocol):
    """The read of the projection of the public view. May raise `StorageError`."""

    def record_counts(self, taxon_id: UUID, on: date, square: Box, circle: Box) -> RecordCounts:
        """Counts of accepted records of a taxon that is not sensitive, from the public view.

        Generalised records are left out. Days are counted across the turn of the year.
        """
        ...


@dataclass(frozen=True)
class Encounter:
    """A taxon, by id and by name in the visitor's language, at a WGS-84 point on a day."""

    taxon_id: UUID
    name: str
    latitude: float
    longitude: float
    day: date


def unexpected(reads: RecordCountReads, encounter: Encounter) -> list[Advice]:
    """Advice on an unusual season or place. Not to be called for sensitive taxa."""
    here = encounter.latitude, encounter.longitude
    square, circle = box_around(*here, SQUARE_M / 2), box_around(*here, RANGE_M)
    counts = reads.record_counts(encounter.taxon_id, encounter.day, square, circle)
    if counts.records < FROM_RECORDS:
        return []
    values = {"name": encounter.name}
    advice = []
    if _is_out_of_season(counts):
        advice.append(Advice("season.unlikely", "event_date", SEASON, values))
    if counts.in_range < RANGE_ENOUGH:
        advice.append(Advice("range.unlikely", "place", RANGE, values))
    return advice


def _is_out_of_season(counts: RecordCounts) -> bool:
    is_rare = counts.in_season < counts.records * RARE_SHARE
    return is_rare and counts.near_in_time_and_place < NEAR_ENOUGH


def box_around(latitude: float, longitude: float, metres: float) -> Box:
    """The box that reaches `metres` to each side of a WGS-84 point."""
    high = metres / METRES_PER_DEGREE
    wide = high / cos(radians(latitude))
    return Box(longitude - wide, latitude - high, longitude + wide, latitude + high)
