"""The storage of decisions: reads and changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.verification.alerts import Alert
from observations.verification.decisions import Decision, Kind, Queue, Review
from observations.verification.filters import Filter
from observations.verification.history import HistoryLine


class VerificationReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def review(self, subject_id: UUID) -> Review | None:
        """The current state of a subject."""
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
        seen_by: tuple[UUID, datetime] | None = None,
    ) -> Queue:
        """At most `limit` waiting subjects, and the subject `asked_for`.

        `kind` None gives both kinds; where a festival is named, only its sightings are given.
        `seen_by`, a member of staff and a moment: without those that others have leased then.
        """
        ...

    def alerts(self, limit: int) -> list[Alert]:
        """The sightings that wait of protected or invasive taxa, the latest first."""
        ...

    def filtered_queue(
        self,
        only: Filter,
        limit: int,
        now: datetime,
        asked_for: UUID | None = None,
        staff_id: UUID | None = None,
    ) -> Queue:
        """The same of those that fit `only`; with a member of staff, without others' leases.

        Without one, nothing is anybody's turn.
        """
        ...

    def subjects_ending(self, ending: str) -> list[UUID]:
        """The subjects whose id ends with these ten hexadecimal digits, the newest first."""
        ...

    def count_asked(self, observer_id: UUID) -> int:
        """How many of an observer's sightings a verifier asks about."""
        ...

    def count_waiting(self, kind: Kind | None = None) -> int:
        """The number of waiting subjects; of both kinds where `kind` is None."""
        ...

    def first_waiting_since(self) -> datetime | None:
        """Since when the first of the queue waits; None for an empty queue."""
        ...

    def last_decided_by(self, staff_id: UUID) -> Decision | None:
        """The newest decision of a member of staff that can be undone: none followed it."""
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
        """Add a subject at the end of the queue: pending, unconfirmed.

        `worth` is the points it earns if it is accepted; None for a sighting, which has its own
        rule.
        """
        ...

    def add_decision(self, decision: Decision, waiting_since: datetime) -> None:
        """Append a decision and store the subject's new state."""
        ...

    def end_leases(self, staff_id: UUID, now: datetime) -> None:
        """End this verifier's leases, and all that ended before `now`."""
        ...

    def end_lease(self, subject_id: UUID) -> None:
        """Nobody looks at this subject any more."""
        ...

    def lease(self, subject_ids: Sequence[UUID], staff_id: UUID, until: datetime) -> set[UUID]:
        """Lease these subjects until then; gives those that no other verifier has."""
        ...


class KnowsStaff(Protocol):
    """The read of people that settling needs."""

    def observers_of_staff(self, staff_id: UUID) -> set[UUID]:
        """The observers whose browsers this member of staff signed in with."""
        ...


class Transaction(Protocol):
    """The writes that settling needs."""

    @property
    def verification(self) -> VerificationWrites: ...

    @property
    def people(self) -> KnowsStaff: ...

    @property
    def log(self) -> LogWrites: ...
