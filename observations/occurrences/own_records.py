"""One's own records at a glance: by state and by year, and what a year brought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from observations.base.clock import day_of
from observations.base.wording import N_
from observations.verification.statuses import ReleaseStatus, VerificationStatus

MOST = 100_000  # the latest; more than one person sees in a life


class State(StrEnum):
    """How far a record is, as its observer asks."""

    WAITING = "waiting"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    NOT_ACCEPTED = "not_accepted"
    HIDDEN = "hidden"


STATE_NAMES = {
    State.WAITING: N_("核实中"),
    State.ASKED: N_("想请你补充"),
    State.CONFIRMED: N_("已核实"),
    State.NOT_ACCEPTED: N_("未采用"),
    State.HIDDEN: N_("不公开或已撤回"),
}
_WAITING = (VerificationStatus.UNCONFIRMED, VerificationStatus.ANSWERED)
_NOT_ACCEPTED = (
    VerificationStatus.NOT_ACCEPTED_INCORRECT,
    VerificationStatus.NOT_ACCEPTED_UNABLE_TO_VERIFY,
)


@dataclass(frozen=True)
class Glance:
    """A record in its observer's own list; coordinates are the exact ones, in WGS-84."""

    occurrence_id: UUID
    event_date: datetime
    decimal_latitude: float
    decimal_longitude: float
    taxon_id: UUID | None
    verification_status: str
    release_status: str

    @property
    def day(self) -> date:
        """The day it was seen, in Asia/Shanghai."""
        return day_of(self.event_date)

    @property
    def state(self) -> State:
        """How far it is."""
        if self.verification_status == VerificationStatus.QUERIED:
            return State.ASKED
        if self.verification_status in _NOT_ACCEPTED:
            return State.NOT_ACCEPTED
        if self.release_status == ReleaseStatus.WITHHELD:
            return State.HIDDEN
        return State.WAITING if self.verification_status in _WAITING else State.CONFIRMED

    @property
    def is_met(self) -> bool:
        """Whether it counts among what its observer met: not withdrawn, not found to be wrong."""
        is_withdrawn = self.state is State.HIDDEN and self.verification_status in _WAITING
        return self.state is not State.NOT_ACCEPTED and not is_withdrawn


@dataclass(frozen=True)
class Year:
    """What a year brought: sightings, days out, the taxa met, and those met for the first time."""

    year: int
    sightings: int
    days: int
    taxa: frozenset[UUID]
    firsts: Sequence[tuple[UUID, date]]


def chosen(
    records: Iterable[Glance], state: State | None = None, year: int | None = None
) -> list[Glance]:
    """The records of a state and a year, in their order; None asks for any."""
    return [
        record
        for record in records
        if state in (None, record.state) and year in (None, record.day.year)
    ]


def years(records: Iterable[Glance]) -> list[int]:
    """The years that have records, the latest first."""
    return sorted({record.day.year for record in records}, reverse=True)


def year_in(records: Iterable[Glance], year: int) -> Year:
    """What `year` brought, among all of one's records."""
    met = sorted((record for record in records if record.is_met), key=lambda one: one.event_date)
    first_days: dict[UUID, date] = {}
    for record in met:
        if record.taxon_id:
            first_days.setdefault(record.taxon_id, record.day)
    of_year = [record for record in met if record.day.year == year]
    return Year(
        year=year,
        sightings=len(of_year),
        days=len({record.day for record in of_year}),
        taxa=frozenset(record.taxon_id for record in of_year if record.taxon_id),
        firsts=[(taxon_id, day) for taxon_id, day in first_days.items() if day.year == year],
    )
