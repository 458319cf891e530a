"""What the surveys need kept."""

from collections.abc import Sequence
from typing import Protocol

from observations.surveys.new_record import NewRecord


class SurveysReads(Protocol):
    """Questions; each may raise `StorageError`."""

    def new_records(self) -> list[NewRecord]:
        """All records, what is new to science first, the latest year first."""
        ...

    def new_record(self, code: str) -> NewRecord | None:
        """One record."""
        ...


class SurveysWrites(SurveysReads, Protocol):
    """Inside a transaction."""

    def replace_new_records(self, records: Sequence[NewRecord]) -> None:
        """Keep these records and no others."""
        ...
