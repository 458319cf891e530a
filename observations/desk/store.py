"""The storage of what the desk does with many sightings at once."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.actions.store import ActionsWrites
from observations.desk.assignment import Assignment, Referral
from observations.desk.progress import Waiting, Work
from observations.desk.rehearsal import Past
from observations.desk.reply import Reply
from observations.desk.rule import Candidate, Rule, Tally
from observations.desk.seen import Choice, Place, Seen
from observations.occurrences.store import Store as OccurrencesStore
from observations.occurrences.store import Transaction as OccurrencesTransaction
from observations.verification.decisions import Review


class DeskReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def wall_choices(self, staff_id: UUID, limit: int) -> list[Choice]:
        """The species of which most sightings wait that a wall can show."""
        ...

    def standing(self, batch_id: UUID, limit: int) -> list[Seen]:
        """The decisions of a batch that no other followed, the oldest first."""
        ...

    def last_batch(self, staff_id: UUID) -> tuple[UUID, int] | None:
        """The latest batch by this member of staff, and how many of its decisions stand.

        None where their latest decision is of no batch.
        """
        ...

    def asked_before(self, moment: datetime, limit: int) -> list[UUID]:
        """The subjects of which something was asked before that moment and that wait for it."""
        ...

    def rules(self) -> list[Rule]:
        """All rules, the newest first."""
        ...

    def outcomes(self, rule_id: UUID) -> list[bool]:
        """Of each audited sighting of a rule whether it was wrong, the first decided first."""
        ...

    def met(self, rule_id: UUID) -> int:
        """How many sightings a rule has accepted, or kept for the audit."""
        ...

    def audited(self, subject_ids: Sequence[UUID]) -> set[UUID]:
        """Those of the subjects that are kept for an audit."""
        ...

    def candidates(self, rule: Rule, limit: int) -> list[Candidate]:
        """What waits, was never decided and is what a rule is about, the longest waiting first."""
        ...

    def past(self, group_code: str, limit: int) -> list[Past]:
        """The latest sightings of a group that verifiers decided."""
        ...

    def tallies(self) -> dict[UUID, Tally]:
        """What each rule has done so far."""
        ...

    def waiting(self) -> list[Waiting]:
        """What waits, by district and group."""
        ...

    def work(self, since: datetime) -> list[Work]:
        """The decisions of each verifier a day, from that moment on."""
        ...

    def assignments(self) -> list[Assignment]:
        """All assignments, the oldest first."""
        ...

    def referral(self, subject_id: UUID, now: datetime) -> Referral | None:
        """Who asks whom about a subject that waits; None where nobody does."""
        ...

    def replies(self) -> list[Reply]:
        """All replies, the oldest first."""
        ...


class DeskWrites(DeskReads, Protocol):
    """Changes, inside a transaction."""

    def for_wall(
        self, place: Place, staff_id: UUID, now: datetime, without: Sequence[UUID], limit: int
    ) -> list[Seen]:
        """The sightings that wait for a wall, the longest first; none that others have leased."""
        ...

    def looked_at_by_others(
        self, subject_ids: Sequence[UUID], staff_id: UUID | None, now: datetime
    ) -> set[UUID]:
        """Those of the subjects that other verifiers have leased."""
        ...

    def add_rule(self, rule: Rule, staff_id: UUID | None) -> None:
        """Add a rule by this member of staff."""
        ...

    def switch_rule(self, rule_id: UUID, is_on: bool, ended_at: datetime | None) -> None:
        """Switch a rule on or off; `ended_at` where it ended itself."""
        ...

    def add_audit(
        self, subject_id: UUID, rule_id: UUID, taxon_id: UUID, chosen_at: datetime
    ) -> None:
        """Keep a sighting, with the name it came with, for the audit of a rule."""
        ...

    def add_assignment(self, made: Assignment, staff_id: UUID | None, now: datetime) -> None:
        """Add an assignment by this member of staff."""
        ...

    def drop_assignment(self, assignment_id: UUID) -> None:
        """End an assignment."""
        ...

    def put_referral(
        self,
        review: Review,
        asked_by: UUID,
        asked_of: UUID,
        words: str,
        now: datetime,
        until: datetime,
    ) -> None:
        """Ask somebody about a subject until then, in the place of who was asked before."""
        ...

    def put_reply(self, reply: Reply, staff_id: UUID | None, now: datetime) -> None:
        """Add a reply, or put it in the place of the one with its id."""
        ...

    def drop_reply(self, reply_id: UUID) -> None:
        """Remove a reply."""
        ...


class Transaction(OccurrencesTransaction, Protocol):
    """The writes that the room's use cases need."""

    @property
    def desk(self) -> DeskWrites: ...

    @property
    def actions(self) -> ActionsWrites: ...


class Store(OccurrencesStore, Protocol):
    """The reads and transactions that the room's use cases need."""

    @property
    def desk(self) -> DeskReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
