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
    """Questions about actions. Days are calendar days of Asia/Shanghai."""

    def catalogue(self, today: date) -> list[Action]:
        """Every action in the version that holds `today`, in the order of the catalogue."""
        ...

    def current(self, code: str, today: date) -> Action | None:
        """One action in the version that holds `today`."""
        ...

    def versions_on(
        self, codes_and_days: Collection[tuple[str, date]]
    ) -> dict[tuple[str, date], Action]:
        """Each action in the version that held on the day beside it."""
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
        """What a person logged on a day, by action; what staff did not accept is left out."""
        ...

    def entries_of(self, observer_id: UUID, limit: int) -> list[EntryLine]:
        """What a person logged, the latest first, with where it stands and what it has earned."""
        ...

    def month_of(
        self, observer_id: UUID, code: str, first: date, last: date
    ) -> dict[date, Decimal]:
        """What a person logged of an action on each day of a span, what does not stand left out."""
        ...

    def by_word(self, observer_id: UUID, since: datetime) -> int:
        """Points that a person's word earned, or would, from a moment on."""
        ...

    def logged_since(self, observer_id: UUID, since: datetime) -> int:
        """How many entries a person logged from a moment on, whatever became of them."""
        ...

    def latest_quantities(self, observer_id: UUID, code: str, limit: int) -> list[Decimal]:
        """The quantities of a person's latest entries of an action, the newest first."""
        ...

    def photo_is_known(self, sha256: str) -> bool:
        """Whether an action or a sighting shows this photo already."""
        ...

    def active_days(self, observer_id: UUID, first: date) -> list[date]:
        """The days from `first` on with something that stands, the earliest first."""
        ...

    def versions(self, code: str | None = None) -> list[Version]:
        """Every version of an action, the newest first; of all, retired ones too, in the order of
        the catalogue, where none is named."""
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
        """How often a code was used."""
        ...

    def code_use(self, use_key: str) -> tuple[UUID, UUID] | None:
        """The entry that a use became, and whose."""
        ...

    def avoided_by(self, observer_id: UUID) -> Decimal:
        """Kilograms CO2 equivalent a person avoided in all."""
        ...


class ActionsWrites(ActionsReads, Protocol):
    """Changes, inside a transaction."""

    def add(self, entries: Sequence[ActionEntry]) -> None:
        """Keep entries, one or many in one statement."""
        ...

    def add_version(self, version: Version) -> None:
        """Keep a version that staff wrote."""
        ...

    def add_codes(self, codes: Sequence[ProgrammeCode]) -> None:
        """Keep a batch."""
        ...

    def cancel_codes(self, batch_id: UUID, now: datetime) -> None:
        """A batch works no more."""
        ...

    def use_code(
        self, use_key: str, code_id: UUID, observer_id: UUID, entry_id: UUID, now: datetime
    ) -> None:
        """One use; its key is unique."""
        ...

    def erase(self, observer_id: UUID) -> None:
        """Remove what a person logged."""
        ...


class Reads(Protocol):
    """What questions about a person's day need: a store, or a transaction."""

    @property
    def actions(self) -> ActionsReads: ...

    @property
    def points(self) -> PointsReads: ...


class Transaction(Protocol):
    """What logging and deciding write in."""

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
    """What the room's use cases read and open."""

    @property
    def actions(self) -> ActionsReads: ...

    @property
    def points(self) -> PointsReads: ...

    @property
    def people(self) -> PeopleReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
