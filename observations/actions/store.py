"""What the catalogue and the log of actions need kept."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from observations.actions.catalogue import Action
from observations.actions.entries import ActionEntry, DayTotal, EntryLine, Photo
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

    def avoided_by(self, observer_id: UUID) -> Decimal:
        """Kilograms CO2 equivalent a person avoided in all."""
        ...


class ActionsWrites(ActionsReads, Protocol):
    """Changes, inside a transaction."""

    def add(self, entries: Sequence[ActionEntry]) -> None:
        """Keep entries, one or many in one statement."""
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
