"""The storage of keeping order: reads and changes."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.actions.store import ActionsWrites
from observations.log.store import LogWrites
from observations.media.store import MediaWrites
from observations.moderation.order import (
    Appeal,
    AppealKind,
    Flagged,
    FlagReason,
    SetAside,
    Suspension,
    Waiting,
)
from observations.occurrences.store import OccurrencesWrites
from observations.people.store import PeopleWrites
from observations.points.store import PointsWrites
from observations.taxa.store import TaxaReads
from observations.verification.store import VerificationWrites


class OrderReads(Protocol):
    """Reads for keeping order. Every method may raise `StorageError`."""

    def nickname(self, observer_id: UUID) -> str | None:
        """The nickname of an observer; None for nobody, or somebody erased."""
        ...

    def suspension_of(self, observer_id: UUID, now: datetime) -> Suspension | None:
        """The suspension that runs, if any."""
        ...

    def suspensions(self, now: datetime) -> list[Suspension]:
        """All that run, the latest first."""
        ...

    def waiting_of(self, observer_id: UUID, limit: int) -> list[Waiting]:
        """What of somebody waits for the desk, the longest first."""
        ...

    def sets_aside(self, limit: int) -> list[SetAside]:
        """What was set aside together, the latest first."""
        ...

    def standing_of(self, set_aside_id: UUID) -> list[Waiting]:
        """What was set aside together and not decided on since, each with that decision."""
        ...

    def people_who_flag(self, occurrence_id: UUID, now: datetime) -> int:
        """How many people flag a sighting since staff last decided on it; none suspended."""
        ...

    def flagged(self, now: datetime, limit: int) -> list[Flagged]:
        """Public sightings with such flags, the most people first."""
        ...

    def appeals_about(self, subject_id: UUID) -> list[Appeal]:
        """The appeals about a suspension or a record, the latest first."""
        ...

    def open_appeals(self) -> list[Appeal]:
        """Those without an answer, the longest waiting first."""
        ...

    def appeals_of(self, observer_id: UUID) -> list[Appeal]:
        """Somebody's appeals, the latest first."""
        ...


class OrderWrites(OrderReads, Protocol):
    """Changes for keeping order, inside a transaction."""

    def suspend(self, suspension: Suspension, staff_id: UUID) -> None:
        """Add a suspension."""
        ...

    def lift(self, suspension: Suspension, staff_id: UUID, now: datetime) -> None:
        """End a suspension."""
        ...

    def set_aside(
        self, set_aside_id: UUID, observer_id: UUID, staff_id: UUID, now: datetime
    ) -> None:
        """Note whose records were set aside together, by decisions of this batch."""
        ...

    def flag(
        self, occurrence_id: UUID, observer_id: UUID, reason: FlagReason, now: datetime
    ) -> None:
        """Add what somebody finds wrong; it takes the place of what they said before."""
        ...

    def appeal(
        self,
        appeal_id: UUID,
        observer_id: UUID,
        kind: AppealKind,
        subject_id: UUID,
        words: str,
        now: datetime,
    ) -> None:
        """Add an appeal."""
        ...

    def answer(self, appeal_id: UUID, words: str, staff_id: UUID, now: datetime) -> None:
        """Add the answer to an appeal."""
        ...


class Transaction(Protocol):
    """The writes that keeping order needs."""

    @property
    def order(self) -> OrderWrites: ...

    @property
    def occurrences(self) -> OccurrencesWrites: ...

    @property
    def taxa(self) -> TaxaReads: ...

    @property
    def actions(self) -> ActionsWrites: ...

    @property
    def points(self) -> PointsWrites: ...

    @property
    def people(self) -> PeopleWrites: ...

    @property
    def media(self) -> MediaWrites: ...

    @property
    def verification(self) -> VerificationWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that keeping order needs."""

    @property
    def order(self) -> OrderReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
