"""The storage of the log, and what every transaction offers."""

from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from observations.log.entries import LogEntry

T = TypeVar("T", covariant=True)


class LogWrites(Protocol):
    """The log is written by everyone and read by staff."""

    def add(self, entry: LogEntry) -> None:
        """Append one line."""
        ...


class Opens(Protocol[T]):
    """A store that opens transactions of kind `T`: `with store.transaction() as tx:`.

    Leaving the block commits; any exception rolls back. Transactions do not nest. May raise
    `StorageError`, or `Conflict` when another writer was quicker.
    """

    def transaction(self) -> AbstractContextManager[T]:
        """Open one transaction."""
        ...
