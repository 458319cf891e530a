"""Survey datasets and their rows, written in bulk."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from db.ask import Room
from observations.occurrences.occurrence import PublicPlace
from observations.surveys.datasets import Columns, Dataset, Known, RowNames

# Lists of the block that adds rows, each with its field: drivers take arrays, not rows.
COLUMNS = {
    "record_ids": "record_id",
    "public_ids": "public_id",
    "occurrence_ids": "occurrence_id",
    "content_hashes": "content_hash",
    "taxon_ids": "taxon_id",
    "scientific_names": "scientific_name",
    "vernacular_names": "vernacular_name",
    "group_codes": "group_code",
    "bases_of_record": "basis_of_record",
    "first_days": "first_day",
    "last_days": "last_day",
    "latitudes": "decimal_latitude",
    "longitudes": "decimal_longitude",
    "uncertainties": "coordinate_uncertainty_in_meters",
    "counts": "individual_count",
    "means": "establishment_means",
    "licences": "licence",
    "rough_ones": "is_rough_at_source",
    "grids": "grid",
    "districts": "district",
    "cells": "cell_city",
    "quarters": "cell_quarter",
    "verbatim_names": "verbatim_name",
    "resembled_categories": "resembled_category",
    "source_grids": "source_grid",
}
WRITTEN_ONCE = ("code", "is_demo", "first_imported_at")


class Datasets(Room):
    """Fulfils `observations.surveys.dataset_store`, reads and writes."""

    name = "datasets"

    def datasets(self) -> list[Dataset]:
        """All of them, the latest import first."""
        return [Dataset(*row) for row in self._ask("datasets")]

    def dataset(self, code: str) -> Dataset | None:
        """The dataset of that code."""
        row = self._ask("dataset_of_code", code=code)
        return Dataset(*row) if row else None

    def count_rows(self, dataset_id: UUID) -> int:
        """The number of rows of a dataset."""
        return int(self._ask("count_rows", dataset_id=dataset_id))

    def known(self, dataset_id: UUID, record_ids: Sequence[UUID]) -> dict[UUID, Known]:
        """Those of the records that are stored."""
        rows = self._ask("known", dataset_id=dataset_id, record_ids=list(record_ids))
        return {row[0]: Known(row[1], row[2]) for row in rows}

    def elsewhere(self, dataset_id: UUID, occurrence_ids: Sequence[str]) -> dict[str, str]:
        """Those of the files' own ids that belong to another dataset, with its code."""
        rows = self._ask("elsewhere", dataset_id=dataset_id, occurrence_ids=list(occurrence_ids))
        return {row[0]: row[1] for row in rows}

    def record_ids(self, dataset_id: UUID, after: UUID, limit: int) -> list[UUID]:
        """The next records of a dataset, by id."""
        rows = self._ask("record_ids", dataset_id=dataset_id, after=after, maximum=limit)
        return [row[0] for row in rows]

    def imports_before(self, moment: datetime) -> list[UUID]:
        """Imports on their way that have written nothing since."""
        return [row[0] for row in self._ask("imports_before", moment=moment)]

    def is_importing(self, import_id: UUID) -> bool:
        """Whether an import of that id is on its way."""
        return bool(self._ask("count_imports", import_id=import_id))

    def misplaced(self, limit: int) -> list[tuple[UUID, float, float, int | None, float | None]]:
        """Id, exact latitude and longitude (WGS-84), grid, uncertainty of rows with other cells."""
        rows = self._ask("misplaced", maximum=limit)
        return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]

    def wrong_records(self) -> list[UUID]:
        """Rows that the projection has otherwise than the public view, or only one of them has."""
        return [row[0] for row in self._ask("wrong_records")]

    def add_dataset(self, dataset: Dataset) -> None:
        """Add a dataset."""
        self._ask("add_dataset", **asdict(dataset))

    def change_dataset(self, dataset: Dataset) -> None:
        """Store what a new import changes of a dataset."""
        values = asdict(dataset)
        for name in WRITTEN_ONCE:
            del values[name]
        self._ask("change_dataset", **values)

    def remove_dataset(self, dataset_id: UUID) -> None:
        """Delete a dataset with all its rows, public ones first."""
        self.unpublish(dataset_id)
        self.remove_rows(dataset_id)
        self._ask("remove_dataset", dataset_id=dataset_id)

    def begin_import(self, import_id: UUID, moment: datetime) -> None:
        """Note that rows are written under this id, which is no dataset's."""
        self._ask("begin_import", import_id=import_id, moment=moment)

    def note_import(self, import_id: UUID, moment: datetime) -> None:
        """Note that it has written now."""
        self._ask("note_import", import_id=import_id, moment=moment)

    def end_import(self, import_id: UUID) -> None:
        """Forget the import."""
        self._ask("end_import", import_id=import_id)

    def take_in(self, import_id: UUID, dataset_id: UUID) -> None:
        """Make the rows of an import rows of a dataset, in place of those of the same records."""
        self._ask("remove_written_again", import_id=import_id, dataset_id=dataset_id)
        self._ask("take_in", import_id=import_id, dataset_id=dataset_id)

    def remove_rows(self, dataset_id: UUID) -> None:
        """Delete all rows of a dataset or an import."""
        self._ask("remove_rows", dataset_id=dataset_id)

    def remove_records(self, dataset_id: UUID, record_ids: Sequence[UUID]) -> None:
        """Delete some rows of a dataset."""
        self._ask("remove_records", dataset_id=dataset_id, record_ids=list(record_ids))

    def add_rows(self, dataset_id: UUID, rows: Columns) -> None:
        """Add rows in one statement."""
        values = {plural: list(rows[name]) for plural, name in COLUMNS.items()}
        self._ask("add_rows", dataset_id=dataset_id, **values)

    def unlinked_names(self) -> list[RowNames]:
        """The names of rows that are not on the checklist, each once."""
        return [RowNames(*row) for row in self._ask("unlinked_names")]

    def link_names(self, links: Sequence[tuple[RowNames, UUID | None, int | None]]) -> None:
        """Set the taxon and the resembled category of the rows with each of these names."""
        self._ask(
            "link_names",
            scientific_names=[names.scientific_name for names, _, _ in links],
            vernacular_names=[names.vernacular_name for names, _, _ in links],
            verbatim_names=[names.verbatim_name for names, _, _ in links],
            taxon_ids=[taxon_id for _, taxon_id, _ in links],
            categories=[category for _, _, category in links],
        )

    def place_again(self, places: Sequence[tuple[UUID, int | None, PublicPlace]]) -> None:
        """Set the grid, district and cells of rows."""
        self._ask(
            "place_again",
            record_ids=[record_id for record_id, _, _ in places],
            grids=[grid for _, grid, _ in places],
            districts=[place.district for _, _, place in places],
            cells=[place.cell_city for _, _, place in places],
            quarters=[place.cell_quarter for _, _, place in places],
        )

    def publish_all(self) -> None:
        """Rebuild the projection of survey rows."""
        self._ask("unpublish_all")
        self._ask("publish_all")
        self._stamp()

    def publish_again(self, record_ids: Sequence[UUID]) -> None:
        """Replace these rows of the projection by the view's."""
        self._ask("unpublish_records", record_ids=list(record_ids))
        self._ask("publish_records", record_ids=list(record_ids))
        self._stamp()

    def unpublish(self, dataset_id: UUID) -> None:
        """Take a dataset's rows out of the projection; call it before the rows change."""
        self._ask("unpublish", dataset_id=dataset_id)
        self._stamp()

    def publish(self, dataset_id: UUID) -> None:
        """Put a dataset's rows into the projection."""
        self._ask("publish", dataset_id=dataset_id)
        self._stamp()
