"""The storage of the log."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol
from uuid import UUID

from observations.log.entries import LogEntry, LogLine, Question, Seal, Told


class LogReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def last_seal(self) -> Seal | None:
        """The seal at the end of the chain."""
        ...

    def lines_after(self, entry_id: UUID | None, until: UUID, limit: int) -> list[LogLine]:
        """Entries between two ids, by id."""
        ...

    def sealed_after(self, position: int, limit: int) -> list[tuple[Seal, LogLine | None]]:
        """Seals behind a position, each with its entry, or None where that is gone."""
        ...

    def unsealed_before(self, entry_id: UUID, limit: int) -> list[UUID]:
        """Entries that are older than this one and have no seal."""
        ...

    def count_unsealed(self) -> int:
        """The number of entries behind the last sealed one, up to some thousands."""
        ...

    def told(self, question: Question, before: UUID | None, limit: int) -> list[Told]:
        """Entries, the latest first, that are older than `before`."""
        ...


class LogWrites(LogReads, Protocol):
    """Changes of the log, inside a transaction."""

    def add(self, entry: LogEntry) -> None:
        """Append one entry."""
        ...

    def add_seals(self, seals: Sequence[Seal]) -> None:
        """Append seals to the chain."""
        ...


class Transaction(Protocol):
    """The writes that the room's use cases need."""

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that the room's use cases need."""

    @property
    def log(self) -> LogReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
