"""The storage of new records: reads and changes."""

from collections.abc import Sequence
from typing import Protocol

from observations.surveys.new_record import NewRecord


class SurveysReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def new_records(self) -> list[NewRecord]:
        """All records; those new to science come first, the latest year first."""
        ...

    def new_record(self, code: str) -> NewRecord | None:
        """One record."""
        ...


class SurveysWrites(SurveysReads, Protocol):
    """Changes, inside a transaction."""

    def replace_new_records(self, records: Sequence[NewRecord]) -> None:
        """Replace all records by these."""
        ...
