"""Exploring public records: filters, the selected spot, and the content of the sheet.

All is read from the projection of the public view: the exact place of a generalised record cannot
be found out here.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Protocol
from uuid import UUID

from observations.base.wording import N_
from observations.map.spots import Spot
from observations.occurrences.occurrence import PublicOccurrence
from observations.places.cells import CITY_RESOLUTION, WIDE_RESOLUTION, coarser_counts
from observations.places.districts import Box
from observations.verification.statuses import VerificationStatus

RECENT = timedelta(days=30)


class Period(StrEnum):
    """The period of a record, by the calendar of Asia/Shanghai."""

    ALL = "all"
    RECENT = "30d"
    THIS_YEAR = "year"
    LAST_YEAR = "last-year"


PERIOD_NAMES = {
    Period.ALL: N_("所有时间"),
    Period.RECENT: N_("最近 30 天"),
    Period.THIS_YEAR: N_("今年"),
    Period.LAST_YEAR: N_("去年"),
}


def days_of(period: Period, today: date) -> tuple[date | None, date | None]:
    """First and last day of a period, both included; None where it has no limit."""
    year = today.year
    if period is Period.RECENT:
        return today - RECENT, None
    if period is Period.THIS_YEAR:
        return date(year, 1, 1), None
    if period is Period.LAST_YEAR:
        return date(year - 1, 1, 1), date(year - 1, 12, 31)
    return None, None


class Certainty(StrEnum):
    """How certain records are, in the two steps that visitors choose from."""

    ANY = "all"
    VERIFIED = "verified"
    PLAUSIBLE = "plausible"


CERTAINTY_NAMES = {
    Certainty.ANY: N_("已核实和可能"),
    Certainty.VERIFIED: N_("只看已核实"),
    Certainty.PLAUSIBLE: N_("只看可能"),
}
STATUSES_OF = {
    Certainty.ANY: (),
    Certainty.VERIFIED: (
        VerificationStatus.ACCEPTED_CONSIDERED_CORRECT,
        VerificationStatus.ACCEPTED_CORRECT,
    ),
    Certainty.PLAUSIBLE: (VerificationStatus.PLAUSIBLE,),
}


class Subject(StrEnum):
    """Taxa that a layer of the map is about."""

    INVASIVE = "invasive"
    PROTECTED = "protected"


class Origin(StrEnum):
    """The origin of records: citizens, or an imported survey."""

    CITIZENS = "citizens"
    SURVEY = "survey"


@dataclass(frozen=True)
class Filters:
    """The records to show; an empty field means all.

    `first_day` and `last_day` are included, by the calendar of Asia/Shanghai; a record that shows
    only its month is included where that month overlaps them. `months` are those of any year, 1 to
    12. `box` is WGS-84 and refers to public places; `quarters` are fine cells; `is_fine` leaves out
    records in squares of 0.1 degrees and more.
    """

    group_code: str | None = None
    taxon_id: UUID | None = None
    district: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    statuses: tuple[VerificationStatus, ...] = ()
    subject: Subject | None = None
    months: tuple[int, ...] = ()
    origin: Origin = Origin.CITIZENS
    box: Box | None = None
    quarters: tuple[str, ...] = ()
    is_fine: bool = False
    spot: Spot | None = None

    def at(self, spot: Spot | None) -> "Filters":
        """The same filters at one spot; None: everywhere."""
        return replace(self, spot=spot)

    def of(self, origin: Origin) -> "Filters":
        """The same filters for one origin. A survey has no decisions of the desk to filter by."""
        statuses = self.statuses if origin is Origin.CITIZENS else ()
        return replace(self, origin=origin, statuses=statuses)

    def within(self, box: Box) -> "Filters":
        """The same filters in a box (WGS-84), which replaces any earlier one."""
        return replace(self, box=box)


@dataclass(frozen=True)
class GroupCount:
    """One group in the selection; `species` counts taxa of the checklist."""

    group_code: str | None
    species: int
    records: int
    demo_records: int


@dataclass(frozen=True)
class DistrictCount:
    """One district in the selection, by public places."""

    district: str
    species: int
    records: int


@dataclass(frozen=True)
class Contents:
    """The selection by the filters and the spot; the group with most species comes first."""

    groups: tuple[GroupCount, ...]
    listed: tuple[PublicOccurrence, ...]

    @property
    def species(self) -> int:
        """The number of taxa of the checklist; each belongs to one group."""
        return sum(group.species for group in self.groups)

    @property
    def records(self) -> int:
        """The number of released sightings."""
        return sum(group.records for group in self.groups)

    @property
    def is_demo(self) -> bool:
        """Whether any of it is generated."""
        return any(group.demo_records for group in self.groups)

    @property
    def has_more(self) -> bool:
        """Whether the list is incomplete."""
        return self.records > len(self.listed)


class MapReads(Protocol):
    """The reads of the projection. Every method may raise `StorageError`."""

    def groups(self, filters: Filters) -> list[GroupCount]:
        """Numbers of species and of records in each group."""
        ...

    def districts(self, filters: Filters) -> list[DistrictCount]:
        """Numbers of species and of records in each district, without empty ones, in no order."""
        ...

    def listed(self, filters: Filters, limit: int) -> list[PublicOccurrence]:
        """The latest records first."""
        ...

    def cells(self, filters: Filters) -> list[tuple[str, int]]:
        """Coarse cells with their number of records, in no order."""
        ...

    def richness(self, filters: Filters, resolution: int) -> list[tuple[str, int, int]]:
        """Cells of that resolution with their numbers of records and of species."""
        ...


class Store(Protocol):
    """The reads that this module needs."""

    @property
    def map(self) -> MapReads: ...


def contents(store: Store, filters: Filters, limit: int) -> Contents:
    """The content of the sheet: counts by group, and the latest `limit` records."""
    # equal ones in the order of their codes: the order of storage must not become visible
    groups = sorted(
        store.map.groups(filters), key=lambda group: (-group.records, group.group_code or "")
    )
    latest = store.map.listed(filters, limit) if groups else []
    return Contents(tuple(groups), tuple(latest))


class Measure(StrEnum):
    """What the colour of a cell stands for."""

    RECORDS = "records"
    SPECIES = "species"
    COMPARED = "compared"


class Compared(IntEnum):
    """Which of the two origins has records in a cell: the cell's colour."""

    SURVEY_ALONE = 1
    CITIZENS_ALONE = 2
    BOTH = 3


def compared(citizens: int, surveyed: int) -> Compared:
    """The origins with records in a cell, by these counts, of which at most one is 0."""
    if not citizens:
        return Compared.SURVEY_ALONE
    return Compared.BOTH if surveyed else Compared.CITIZENS_ALONE


@dataclass(frozen=True)
class Comparison:
    """Coarse cells by the origins of their records, and the numbers of records in cells."""

    cells: dict[Compared, int]
    citizens: int
    surveyed: int
    is_wide: bool


def compare(store: Store, filters: Filters) -> Comparison:
    """Both origins by coarse cells, without records in squares wider than a cell."""
    ours = dict(store.map.cells(filters.of(Origin.CITIZENS)))
    theirs = dict(store.map.cells(filters.of(Origin.SURVEY)))
    codes = ours.keys() | theirs.keys()
    kinds = Counter(compared(ours.get(code, 0), theirs.get(code, 0)) for code in codes)
    return Comparison(
        {kind: kinds[kind] for kind in Compared},
        sum(ours.values()),
        sum(theirs.values()),
        is_wide=len(codes) > MOST_CELLS,
    )


MOST_CELLS = 700  # a city with more coarse cells than this shows wider ones in distant views


@dataclass(frozen=True)
class Explored:
    """What the map and its sheet show; `total` and `in_cells` ignore the spot.

    `is_wide`: wider cells are drawn in distant views; `class_starts` are for those that are drawn.
    """

    contents: Contents
    total: int
    in_cells: int
    class_starts: tuple[int, ...]
    is_wide: bool

    @property
    def has_squares(self) -> bool:
        """Whether some records have a place too rough for any cell."""
        return self.total > self.in_cells


def explore(
    store: Store, filters: Filters, limit: int, measure: Measure = Measure.RECORDS
) -> Explored:
    """All that the page needs, in three to five statements."""
    sheet = contents(store, filters, limit)
    everywhere = filters.at(None)
    cells = store.map.cells(everywhere)
    total = sheet.records
    if filters.spot is not None:
        total = sum(group.records for group in store.map.groups(everywhere))
    is_wide = len(cells) > MOST_CELLS
    resolution = WIDE_RESOLUTION if is_wide else CITY_RESOLUTION
    if measure is Measure.SPECIES:
        counts = [species for _, _, species in store.map.richness(everywhere, resolution)]
    else:
        counts = [records for _, records in coarser_counts(cells, resolution)]
    in_cells = sum(records for _, records in cells)
    return Explored(sheet, total, in_cells, class_starts(counts), is_wide)


CLASSES = 5
# Round numbers for a legend.
_ROUND = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80)


def class_starts(counts: Sequence[int]) -> tuple[int, ...]:
    """The first count of each of five classes, ascending; the first one is 1.

    Records are so unevenly distributed that equal steps would give nearly all cells the same
    colour: each step is larger by a constant factor, up to the largest count, and rounded.
    """
    largest = max(counts, default=1)
    starts = [1]
    for k in range(1, CLASSES):
        starts.append(max(starts[-1] + 1, _rounded(largest ** (k / CLASSES))))
    return tuple(starts)


def even_starts(counts: Sequence[int]) -> tuple[int, ...]:
    """The first count of each of five classes in steps of equal size.

    For counts that differ little.
    """
    largest = max(counts, default=1)
    starts = [1]
    for k in range(1, CLASSES):
        starts.append(max(starts[-1] + 1, _rounded(largest * k / CLASSES)))
    return tuple(starts)


def class_of(count: int, starts: Sequence[int]) -> int:
    """The class of a count, 1 to 5."""
    return max(1, sum(start <= count for start in starts))


def _rounded(number: float) -> int:
    """The nearest round number: 1, 2, 3 and so on to 80, then 100, 120 and so on."""
    scale = 1
    while number >= 95 * scale:
        scale *= 10
    candidates = {value * scale for value in _ROUND} | {100 * scale}
    return min(sorted(candidates), key=lambda value: abs(value - number))
