"""The storage of the log."""

from typing import Protocol

from observations.log.entries import LogEntry


class LogWrites(Protocol):
    """The log is written by everyone and read by staff."""

    def add(self, entry: LogEntry) -> None:
        """Append one line."""
        ...
