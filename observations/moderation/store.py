"""The storage of names in the hands of staff."""

from contextlib import AbstractContextManager
from typing import Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.moderation.public_name import NameChange, NameKind, PublicName


class ModerationReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def named(self, words: str, limit: int) -> list[PublicName]:
        """Names with these letters in them, the shortest first."""
        ...

    def name_of(self, kind: NameKind, subject_id: UUID) -> str | None:
        """A name; None where nobody has it any more."""
        ...

    def is_taken(self, name: PublicName) -> bool:
        """Whether somebody else of the kind has a name that looks like this."""
        ...

    def changes(self, limit: int) -> list[NameChange]:
        """The latest changes, the latest first."""
        ...


class ModerationWrites(ModerationReads, Protocol):
    """Changes, inside a transaction."""

    def rename(self, name: PublicName) -> None:
        """Replace a name everywhere."""
        ...

    def add_change(self, change: NameChange, undoes: UUID | None, staff_id: UUID) -> None:
        """Add a change by this member of staff."""
        ...


class Transaction(Protocol):
    """The writes that the room's use cases need."""

    @property
    def moderation(self) -> ModerationWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that the room's use cases need."""

    @property
    def moderation(self) -> ModerationReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
