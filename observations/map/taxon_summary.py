"""What the public records tell of one taxon, and which taxa have been found at all.

Everything is answered from the projection of the public view. Where to look this week is advice
that depends on places: it is given of taxa alone that are not sensitive, from exact public places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from observations.map.exploring import DistrictCount, Filters, Origin
from observations.occurrences.occurrence import PublicOccurrence
from observations.taxa.taxon import Taxon

THIS_WEEK = timedelta(days=10)  # before today and after, in any year
MOST_PLACES, MOST_PHOTOS = 5, 6
MONTHS = range(1, 13)


@dataclass(frozen=True)
class Tally:
    """The public records of one taxon: how many, the first and the last day (of Hangzhou; of a
    generalised record the first of its month)."""

    taxon_id: UUID
    records: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class SeenAt:
    """Where it was seen at this time of the year: a coarse H3 cell, how often, last when."""

    cell: str
    district: str | None
    records: int
    last_day: date


@dataclass(frozen=True)
class TaxonSummary:
    """All that a species page says of public records; `by_month` counts January to December."""

    tally: Tally | None
    by_month: tuple[int, ...]
    districts: tuple[DistrictCount, ...]
    photos: tuple[PublicOccurrence, ...]
    this_week: tuple[SeenAt, ...]
    is_demo: bool
    surveyed: Tally | None = None


class TaxonSummaryReads(Protocol):
    """Questions to the projection. Every method may raise `StorageError`."""

    def tallies(self, filters: Filters) -> list[Tally]:
        """Every taxon that has a public record."""
        ...

    def by_month(self, filters: Filters) -> list[tuple[int, int, int]]:
        """Month (1 to 12), number of records, how many of them are generated."""
        ...

    def districts(self, filters: Filters) -> list[DistrictCount]:
        """Species and records a district."""
        ...

    def with_photo(self, filters: Filters, limit: int) -> list[PublicOccurrence]:
        """The latest records that have a photo."""
        ...

    def seen_at(self, filters: Filters, days_of_year: Sequence[int], limit: int) -> list[SeenAt]:
        """Coarse cells with records at an exact place on those days of any year (1 to 366), the
        most records first."""
        ...


class Store(Protocol):
    """The reads that this module needs."""

    @property
    def map(self) -> TaxonSummaryReads: ...


def recorded_taxa(store: Store) -> dict[UUID, Tally]:
    """Every taxon that citizens have a public record of."""
    return {tally.taxon_id: tally for tally in store.map.tallies(Filters())}


def summary_of(store: Store, taxon: Taxon, today: date) -> TaxonSummary:
    """What the public records tell of `taxon`."""
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
    """Where it was seen about this day, this year and in earlier ones."""
    days = (today + timedelta(days=k) for k in range(-THIS_WEEK.days, THIS_WEEK.days + 1))
    numbers = sorted({day.timetuple().tm_yday for day in days})
    return tuple(store.map.seen_at(wanted, numbers, MOST_PLACES))
