"""Survey rows as everyone may see them, made anew: after the checklist changed, or a doubt."""

from functools import lru_cache
from typing import Protocol

from observations.occurrences.occurrence import PublicPlace, public_place
from observations.places.grid import generalise
from observations.surveys.dataset_store import DatasetWrites

BATCH = 20_000
SQUARES = 50_000  # generalised rows share few places


@lru_cache(SQUARES)
def _of_cell(latitude: float, longitude: float, grid: int) -> PublicPlace:
    return public_place(latitude, longitude, grid)


def survey_place(latitude: float, longitude: float, grid: int | None) -> PublicPlace:
    """District and cells of the public place of an exact one (WGS-84), never of the exact one."""
    if grid is None:
        return public_place(latitude, longitude, None)
    middle_latitude, middle_longitude, _ = generalise(latitude, longitude, 1 / grid)
    return _of_cell(middle_latitude, middle_longitude, grid)


class Transaction(Protocol):
    """What placing anew writes in."""

    @property
    def datasets(self) -> DatasetWrites: ...


def project_surveys(tx: Transaction) -> int:
    """Bring places and the projection up to date, within a transaction; how many rows had another
    grid than the checklist now asks for."""
    moved = 0
    while rows := tx.datasets.misplaced(BATCH):
        places = [(row[0], row[3], survey_place(row[1], row[2], row[3])) for row in rows]
        tx.datasets.place_again(places)
        moved += len(rows)
    tx.datasets.publish_all()
    return moved
