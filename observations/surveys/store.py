"""The storage of new records."""

from typing import Protocol

from observations.surveys.new_record import NewRecord


class SurveysReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def new_records(self) -> list[NewRecord]:
        """All records; those new to science come first, the latest year first."""
        ...
