"""The storage of the log."""

from typing import Protocol

from observations.log.entries import LogEntry


class LogWrites(Protocol):
    """Changes of the log, inside a transaction."""

    def add(self, entry: LogEntry) -> None:
        """Append one entry."""
        ...
