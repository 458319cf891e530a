"""The public projection of survey rows, updated after the checklist changed or by command."""

from functools import lru_cache
from typing import Protocol

from observations.occurrences.occurrence import PublicPlace, public_place
from observations.places.grid import generalise
from observations.surveys.dataset_store import DatasetWrites

BATCH = 20_000
SQUARES = 50_000  # generalised rows share few places


@lru_cache(SQUARES)
def _of_cell(latitude: float, longitude: float, grid: int, uncertainty_m: float) -> PublicPlace:
    return public_place(latitude, longitude, grid, uncertainty_m)


def survey_place(
    latitude: float, longitude: float, grid: int | None, uncertainty_m: float | None = None
) -> PublicPlace:
    """District and cells of the generalised place of an exact point (WGS-84), not of the point."""
    if grid is None:
        return public_place(latitude, longitude, None, uncertainty_m)
    middle_latitude, middle_longitude, diagonal = generalise(latitude, longitude, 1 / grid)
    return _of_cell(middle_latitude, middle_longitude, grid, max(uncertainty_m or 0, diagonal))


class Transaction(Protocol):
    """The part of a transaction that this module writes to."""

    @property
    def datasets(self) -> DatasetWrites: ...


def project_surveys(tx: Transaction) -> int:
    """Update places and the projection within a transaction.

    Gives the number of rows whose grid differed from what the checklist now requires.
    """
    moved = 0
    while rows := tx.datasets.misplaced(BATCH):
        places = [(row[0], row[3], survey_place(*row[1:])) for row in rows]
        tx.datasets.place_again(places)
        moved += len(rows)
    tx.datasets.publish_all()
    return moved
