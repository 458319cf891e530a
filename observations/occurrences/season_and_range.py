"""Advice on season and range: where and when a taxon is usual, by its public records.

After Indicia's rules (its warehouse's `data_cleaner` plugins): out of season is pointed out only
where fewer than 6 accepted records lie within 7 days of the year in the same 10 km square; out of
range only where fewer than 2 lie nearby. So every acceptance teaches, and a few nearby switch the
advice off. Indicia draws season and range by hand; here they are drawn by the records themselves,
from 30 accepted ones of the taxon on.

Only the public view is asked, of taxa whose place is shown exactly: advice on a sensitive taxon
would tell where it lives, so there is none, whatever is in the store.
"""

from collections.abc import Sequence
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
class SeasonCounts:
    """Accepted public records of a taxon: all, and those near this day of the year."""

    records: int
    in_season: int


class RecordCountReads(Protocol):
    """The reads of the projection of the public view. Each may raise `StorageError`.

    They count the accepted records of a taxon that is not sensitive, without generalised ones.
    """

    def season_counts(self, taxon_id: UUID, on: date) -> SeasonCounts:
        """All, and those in the season of a day; days are counted round the year."""
        ...

    def records_around(
        self, taxon_id: UUID, box: Box, limit: int, days: Sequence[int] | None = None
    ) -> int:
        """Those in a box, on these days of any year (1 to 366; None: all); at most `limit`."""
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
    """Advice on an unusual season or place. The caller leaves sensitive taxa out."""
    counts = reads.season_counts(encounter.taxon_id, encounter.day)
    if counts.records < FROM_RECORDS:
        return []
    values = {"name": encounter.name}
    advice = []
    if _is_out_of_season(reads, encounter, counts):
        advice.append(Advice("season.unlikely", "event_date", SEASON, values))
    circle = box_around(encounter.latitude, encounter.longitude, RANGE_M)
    if reads.records_around(encounter.taxon_id, circle, RANGE_ENOUGH) < RANGE_ENOUGH:
        advice.append(Advice("range.unlikely", "place", RANGE, values))
    return advice


def _is_out_of_season(reads: RecordCountReads, encounter: Encounter, counts: SeasonCounts) -> bool:
    if counts.in_season >= counts.records * RARE_SHARE:
        return False
    square = box_around(encounter.latitude, encounter.longitude, SQUARE_M / 2)
    days = days_round(encounter.day.timetuple().tm_yday, NEAR_DAYS)
    return reads.records_around(encounter.taxon_id, square, NEAR_ENOUGH, days) < NEAR_ENOUGH


def days_round(day: int, reach: int) -> list[int]:
    """The days of a year (1 to 366) at most `reach` before or after one of them."""
    return [(day - 1 + step) % 366 + 1 for step in range(-reach, reach + 1)]


def box_around(latitude: float, longitude: float, metres: float) -> Box:
    """The box that reaches `metres` to each side of a WGS-84 point."""
    high = metres / METRES_PER_DEGREE
    wide = high / cos(radians(latitude))
    return Box(longitude - wide, latitude - high, longitude + wide, latitude + high)
