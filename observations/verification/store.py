"""The storage of this room: questions and changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.verification.decisions import Decision, Kind, Queue, Review
from observations.verification.history import HistoryLine


class VerificationReads(Protocol):
    """Questions about the desk. Every method may raise `StorageError`."""

    def review(self, subject_id: UUID) -> Review | None:
        """Where a subject stands."""
        ...

    def decisions(self, subject_id: UUID) -> list[Decision]:
        """All decisions on a subject, oldest first."""
        ...

    def decision(self, decision_id: UUID) -> Decision | None:
        """One decision."""
        ...

    def decisions_with(self, decision_ids: Sequence[UUID]) -> dict[UUID, Decision]:
        """These decisions, by id."""
        ...

    def history(self, subject_id: UUID) -> list[HistoryLine]:
        """Every name and every decision, oldest first."""
        ...

    def queue(
        self,
        kind: Kind | None,
        limit: int,
        festival_id: UUID | None = None,
        asked_for: UUID | None = None,
    ) -> Queue:
        """What waits, `limit` at most: both kinds where `kind` is None, one festival's sightings
        where one is named; beside it the subject `asked_for`."""
        ...

    def count_waiting(self, kind: Kind | None = None) -> int:
        """How many wait; both kinds where `kind` is None."""
        ...

    def last_decided_by(self, staff_id: UUID) -> Decision | None:
        """The last decision of a member of staff, unless another followed: they can undo it."""
        ...


class VerificationWrites(VerificationReads, Protocol):
    """Changes, inside a transaction."""

    def open(
        self,
        subject_id: UUID,
        kind: Kind,
        observer_id: UUID,
        submitted_at: datetime,
        is_demo: bool,
        worth: int | None = None,
    ) -> None:
        """A new subject at the end of the queue: pending, unconfirmed.

        `worth` is the points it earns if it is accepted; None: a sighting's.
        """
        ...

    def add_decision(self, decision: Decision, waiting_since: datetime) -> None:
        """Append a decision and move the subject's state."""
        ...


class KnowsStaff(Protocol):
    """What settling asks about people."""

    def observers_of_staff(self, staff_id: UUID) -> set[UUID]:
        """The observers a member of staff is known to be."""
        ...


class Transaction(Protocol):
    """What settling writes in."""

    @property
    def verification(self) -> VerificationWrites: ...

    @property
    def people(self) -> KnowsStaff: ...

    @property
    def log(self) -> LogWrites: ...
