"""The storage of survey datasets: reads and changes."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.occurrences.occurrence import PublicPlace
from observations.surveys.datasets import Columns, Dataset, Known, RowNames


class DatasetReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def datasets(self) -> list[Dataset]:
        """All of them, the latest import first."""
        ...

    def dataset(self, code: str) -> Dataset | None:
        """The dataset of that code."""
        ...

    def count_rows(self, dataset_id: UUID) -> int:
        """The number of rows of a dataset."""
        ...

    def known(self, dataset_id: UUID, record_ids: Sequence[UUID]) -> dict[UUID, Known]:
        """Those of the records that are stored."""
        ...

    def elsewhere(self, dataset_id: UUID, occurrence_ids: Sequence[str]) -> dict[str, str]:
        """Those of the files' own ids that belong to another dataset, with its code."""
        ...

    def record_ids(self, dataset_id: UUID, after: UUID, limit: int) -> list[UUID]:
        """The next records of a dataset, by id."""
        ...

    def imports_before(self, moment: datetime) -> list[UUID]:
        """Imports on their way that have written nothing since."""
        ...

    def is_importing(self, import_id: UUID) -> bool:
        """Whether an import of that id is on its way."""
        ...

    def misplaced(self, limit: int) -> list[tuple[UUID, float, float, int | None, float | None]]:
        """Rows with other cells than their public place has, or a fine one though it is wide.

        Id, exact latitude and longitude (WGS-84), grid, uncertainty in metres.
        """
        ...

    def wrong_records(self) -> list[UUID]:
        """Rows that the projection has otherwise than the public view, or only one of them has."""
        ...


class DatasetWrites(DatasetReads, Protocol):
    """Changes, inside a transaction."""

    def add_dataset(self, dataset: Dataset) -> None:
        """Add a dataset."""
        ...

    def change_dataset(self, dataset: Dataset) -> None:
        """Store what a new import changes of a dataset."""
        ...

    def remove_dataset(self, dataset_id: UUID) -> None:
        """Delete a dataset with all its rows, public ones first."""
        ...

    def begin_import(self, import_id: UUID, moment: datetime) -> None:
        """Note that rows are written under this id, which is no dataset's."""
        ...

    def note_import(self, import_id: UUID, moment: datetime) -> None:
        """Note that it has written now."""
        ...

    def end_import(self, import_id: UUID) -> None:
        """Forget the import."""
        ...

    def take_in(self, import_id: UUID, dataset_id: UUID) -> None:
        """Make the rows of an import rows of a dataset, in place of those of the same records."""
        ...

    def remove_rows(self, dataset_id: UUID) -> None:
        """Delete all rows of a dataset or an import."""
        ...

    def remove_records(self, dataset_id: UUID, record_ids: Sequence[UUID]) -> None:
        """Delete some rows of a dataset."""
        ...

    def add_rows(self, dataset_id: UUID, rows: Columns) -> None:
        """Add rows in one statement, as `columns_of` gives them."""
        ...

    def unlinked_names(self) -> list[RowNames]:
        """The names of rows that are not on the checklist, each once."""
        ...

    def link_names(self, links: Sequence[tuple[RowNames, UUID | None, int | None]]) -> None:
        """Set the taxon and the resembled category of the rows with each of these names."""
        ...

    def place_again(self, places: Sequence[tuple[UUID, int | None, PublicPlace]]) -> None:
        """Set the grid, district and cells of rows."""
        ...

    def publish_all(self) -> None:
        """Rebuild the projection of survey rows."""
        ...

    def publish_again(self, record_ids: Sequence[UUID]) -> None:
        """Replace these rows of the projection by the view's."""
        ...

    def unpublish(self, dataset_id: UUID) -> None:
        """Take a dataset's rows out of the projection; call it before the rows change."""
        ...

    def publish(self, dataset_id: UUID) -> None:
        """Put a dataset's rows into the projection."""
        ...


class Transaction(Protocol):
    """The writes of datasets."""

    @property
    def datasets(self) -> DatasetWrites: ...
    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions of datasets."""

    @property
    def datasets(self) -> DatasetReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open one transaction."""
        ...
