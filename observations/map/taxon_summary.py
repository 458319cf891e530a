"""The public records of one taxon, and which taxa were recorded at all.

All is read from the projection of the public view. Where a taxon was seen at this time of year is
told of taxa alone that are not sensitive, from exact public places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from observations.map.exploring import DistrictCount, Filters, Origin
from observations.occurrences.occurrence import PublicOccurrence
from observations.taxa.taxon import Taxon

THIS_WEEK = timedelta(days=10)  # days before and after today, in any year
MOST_PLACES, MOST_PHOTOS = 5, 6
MONTHS = range(1, 13)


@dataclass(frozen=True)
class Tally:
    """The public records of one taxon: their number, the first and the last day (Asia/Shanghai).

    Of a generalised record the first day of its month.
    """

    taxon_id: UUID
    records: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class SeenAt:
    """A coarse H3 cell where it was seen at this time of year: how often, and when last."""

    cell: str
    district: str | None
    records: int
    last_day: date


@dataclass(frozen=True)
class TaxonSummary:
    """What a species page shows of public records; `by_month` counts January to December."""

    tally: Tally | None
    by_month: tuple[int, ...]
    districts: tuple[DistrictCount, ...]
    photos: tuple[PublicOccurrence, ...]
    this_week: tuple[SeenAt, ...]
    is_demo: bool
    surveyed: Tally | None = None


class TaxonSummaryReads(Protocol):
    """The reads of the projection. Every method may raise `StorageError`."""

    def tallies(self, filters: Filters) -> list[Tally]:
        """Every taxon that has a public record."""
        ...

    def by_month(self, filters: Filters) -> list[tuple[int, int, int]]:
        """Month (1 to 12), number of records, how many of them are generated."""
        ...

    def districts(self, filters: Filters) -> list[DistrictCount]:
        """Numbers of species and of records in each district."""
        ...

    def with_photo(self, filters: Filters, limit: int) -> list[PublicOccurrence]:
        """The latest records that have a photo."""
        ...

    def seen_at(self, filters: Filters, days_of_year: Sequence[int], limit: int) -> list[SeenAt]:
        """Coarse cells with records at an exact place on those days of any year, fullest first.

        Days count from 1 to 366.
        """
        ...


class Store(Protocol):
    """The reads that this module needs."""

    @property
    def map(self) -> TaxonSummaryReads: ...


def recorded_taxa(store: Store) -> dict[UUID, Tally]:
    """Every taxon that citizens have a public record of."""
    return {tally.taxon_id: tally for tally in store.map.tallies(Filters())}


def summary_of(store: Store, taxon: Taxon, today: date) -> TaxonSummary:
    """The summary of the public records of `taxon`."""
    filters = Filters(taxon_id=taxon.taxon_id)
    tallies = store.map.tallies(filters)
    surveyed = next(iter(store.map.tallies(filters.of(Origin.SURVEY))), None)
    if not tallies:
        return TaxonSummary(None, (0,) * len(MONTHS), (), (), (), False, surveyed)
    months = {month: (records, demo) for month, records, demo in store.map.by_month(filters)}
    return TaxonSummary(
        tally=tallies[0],
        by_month=tuple(months.get(month, (0, 0))[0] for month in MONTHS),
        districts=tuple(
            sorted(store.map.districts(filters), key=lambda one: (-one.records, one.district))
        ),
        photos=tuple(store.map.with_photo(filters, MOST_PHOTOS)),
        this_week=() if taxon.is_sensitive else this_week(store, filters, today),
        is_demo=any(demo for _, demo in months.values()),
        surveyed=surveyed,
    )


def this_week(store: Store, wanted: Filters, today: date) -> tuple[SeenAt, ...]:
    """Where it was seen around this day, this year and in earlier ones."""
    days = (today + timedelta(days=k) for k in range(-THIS_WEEK.days, THIS_WEEK.days + 1))
    numbers = sorted({day.timetuple().tm_yday for day in days})
    return tuple(store.map.seen_at(wanted, numbers, MOST_PLACES))
