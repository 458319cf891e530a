"""The storage of the catalogue and of logged actions."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from observations.actions.catalogue import Action
from observations.actions.codes import Batch, ProgrammeCode
from observations.actions.entries import ActionEntry, DayTotal, EntryLine, Photo
from observations.actions.versions import Version
from observations.log.store import LogWrites
from observations.people.store import PeopleReads, PeopleWrites
from observations.points.store import PointsReads, PointsWrites
from observations.verification.store import VerificationWrites


class ActionsReads(Protocol):
    """Reads. Days are calendar days of Asia/Shanghai."""

    def catalogue(self, today: date) -> list[Action]:
        """Every action in its version of `today`, in the order of the catalogue."""
        ...

    def current(self, code: str, today: date) -> Action | None:
        """One action in its version of `today`."""
        ...

    def versions_on(
        self, codes_and_days: Collection[tuple[str, date]]
    ) -> dict[tuple[str, date], Action]:
        """Each action in its version of the day beside it."""
        ...

    def entries_with(self, entry_ids: Sequence[UUID]) -> dict[UUID, ActionEntry]:
        """These logged actions, by id."""
        ...

    def entry(self, action_entry_id: UUID) -> ActionEntry | None:
        """One logged action."""
        ...

    def photo(self, upload_id: UUID) -> Photo | None:
        """An uploaded photo."""
        ...

    def day_of(self, observer_id: UUID, day: date) -> list[DayTotal]:
        """What a person logged on a day, by action, without what staff did not accept."""
        ...

    def entries_of(self, observer_id: UUID, limit: int) -> list[EntryLine]:
        """A person's entries, the latest first, with their status and the points they earned."""
        ...

    def month_of(
        self, observer_id: UUID, code: str, first: date, last: date
    ) -> dict[date, Decimal]:
        """A person's quantities of an action in a span, by day, without rejected ones."""
        ...

    def months_of(
        self, observer_id: UUID, first: date, last: date
    ) -> Sequence[tuple[str, date, Decimal]]:
        """A person's quantities in a span, by action and day, without rejected ones."""
        ...

    def by_word(self, observer_id: UUID, done_on: date) -> tuple[int, Decimal]:
        """Points and kilograms CO2e for a day's reports without evidence, those that wait too."""
        ...

    def by_code(self, observer_id: UUID, done_on: date) -> int:
        """Points for a day's programme codes: paid, or paid if accepted."""
        ...

    def logged_since(self, observer_id: UUID, since: datetime) -> int:
        """The number of a person's entries since a moment, whatever their status."""
        ...

    def latest_quantities(self, observer_id: UUID, code: str, limit: int) -> list[Decimal]:
        """The quantities of a person's latest entries of an action, the newest first."""
        ...

    def photo_is_known(self, sha256: str) -> bool:
        """Whether another action or a sighting has this photo."""
        ...

    def active_days(self, observer_id: UUID, first: date) -> list[date]:
        """The days from `first` on with an entry that counts, the earliest first."""
        ...

    def versions(self, code: str | None = None) -> list[Version]:
        """Every version of an action, the newest first.

        Where none is named, the versions of all actions, retired ones too, in the order of the
        catalogue.
        """
        ...

    def programme_code(self, token: str) -> ProgrammeCode | None:
        """The code with this token."""
        ...

    def codes_of(self, batch_id: UUID) -> list[ProgrammeCode]:
        """The codes of one batch."""
        ...

    def batches(self) -> list[Batch]:
        """Batches of codes, the newest first."""
        ...

    def uses_of(self, code_id: UUID) -> int:
        """The number of uses of a code."""
        ...

    def code_use(self, use_key: str) -> tuple[UUID, UUID] | None:
        """The entry that a use was logged as, and its observer."""
        ...

    def avoided_by(self, observer_id: UUID) -> Decimal:
        """Kilograms CO2 equivalent that a person avoided in all, without what still waits."""
        ...


class ActionsWrites(ActionsReads, Protocol):
    """Changes, inside a transaction."""

    def add(self, entries: Sequence[ActionEntry]) -> None:
        """Add entries, in one statement."""
        ...

    def add_version(self, version: Version) -> None:
        """Add a version that staff wrote."""
        ...

    def add_codes(self, codes: Sequence[ProgrammeCode]) -> None:
        """Add a batch of codes."""
        ...

    def cancel_codes(self, batch_id: UUID, now: datetime) -> None:
        """Cancel the codes of a batch."""
        ...

    def recount(self, entry: ActionEntry) -> None:
        """Replace an entry's points and kilograms by those of `entry`."""
        ...

    def use_code(
        self, use_key: str, code_id: UUID, observer_id: UUID, entry_id: UUID, now: datetime
    ) -> None:
        """Add one use; its key is unique."""
        ...

    def erase(self, observer_id: UUID) -> None:
        """Delete what a person logged."""
        ...


class Reads(Protocol):
    """The reads about a person's day, by a store or a transaction."""

    @property
    def actions(self) -> ActionsReads: ...

    @property
    def points(self) -> PointsReads: ...


class Transaction(Protocol):
    """The writes that logging and deciding need."""

    @property
    def actions(self) -> ActionsWrites: ...

    @property
    def points(self) -> PointsWrites: ...

    @property
    def people(self) -> PeopleWrites: ...

    @property
    def verification(self) -> VerificationWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that the room's use cases need."""

    @property
    def actions(self) -> ActionsReads: ...

    @property
    def points(self) -> PointsReads: ...

    @property
    def people(self) -> PeopleReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
