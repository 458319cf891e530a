"""What survey datasets need kept."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.occurrences.occurrence import PublicPlace
from observations.surveys.datasets import Columns, Dataset, Known


class DatasetReads(Protocol):
    """Questions; each may raise `StorageError`."""

    def datasets(self) -> list[Dataset]:
        """All of them, the latest import first."""
        ...

    def dataset(self, code: str) -> Dataset | None:
        """The dataset of that code."""
        ...

    def count_rows(self, dataset_id: UUID) -> int:
        """How many rows a dataset has."""
        ...

    def known(self, dataset_id: UUID, record_ids: Sequence[UUID]) -> dict[UUID, Known]:
        """Those of the records that are here."""
        ...

    def elsewhere(self, dataset_id: UUID, occurrence_ids: Sequence[str]) -> dict[str, str]:
        """Which of the files' own ids belong to another dataset, with that one's code."""
        ...

    def record_ids(self, dataset_id: UUID, after: UUID, limit: int) -> list[UUID]:
        """The next records of a dataset, by id."""
        ...

    def misplaced(self, limit: int) -> list[tuple[UUID, float, float, int | None]]:
        """Id, exact latitude and longitude (WGS-84), grid of rows with cells of another grid."""
        ...


class DatasetWrites(DatasetReads, Protocol):
    """Inside a transaction."""

    def add_dataset(self, dataset: Dataset) -> None:
        """A dataset that was not here before."""
        ...

    def change_dataset(self, dataset: Dataset) -> None:
        """What a new import changes of it."""
        ...

    def remove_dataset(self, dataset_id: UUID) -> None:
        """The dataset with all its rows, public ones first."""
        ...

    def remove_records(self, dataset_id: UUID, record_ids: Sequence[UUID]) -> None:
        """Some rows of a dataset."""
        ...

    def add_rows(self, dataset_id: UUID, rows: Columns) -> None:
        """Rows, in one statement, as `columns_of` gives them."""
        ...

    def unlinked_names(self) -> list[str]:
        """The scientific names of rows that are not on the checklist, each once."""
        ...

    def link_names(self, names: Sequence[str], taxon_ids: Sequence[UUID]) -> None:
        """Give the rows of each of these names its taxon."""
        ...

    def place_again(self, places: Sequence[tuple[UUID, int | None, PublicPlace]]) -> None:
        """Grid, district and cells of rows, anew."""
        ...

    def publish_all(self) -> None:
        """The whole projection of survey rows anew."""
        ...

    def unpublish(self, dataset_id: UUID) -> None:
        """Take a dataset's rows out of the projection; call it before the rows change."""
        ...

    def publish(self, dataset_id: UUID) -> None:
        """Put a dataset's rows into the projection."""
        ...


class Transaction(Protocol):
    """What writes datasets."""

    @property
    def datasets(self) -> DatasetWrites: ...
    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """What reads datasets and opens transactions."""

    @property
    def datasets(self) -> DatasetReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open one transaction."""
        ...
