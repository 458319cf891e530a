"""Survey rows as everyone may see them, made anew: after the checklist changed, or a doubt."""

from functools import lru_cache

from observations.log.retrying import retried
from observations.occurrences.occurrence import PublicPlace, public_place
from observations.places.grid import generalise
from observations.surveys.dataset_store import Store, Transaction

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


@retried
def rebuild_surveys(store: Store) -> int:
    """Bring names, places and the projection up to date in one transaction; how many rows had
    another grid than the checklist now asks for."""
    with store.transaction() as tx:
        return project_surveys(tx)


def project_surveys(tx: Transaction) -> int:
    """The same within a transaction. Call it whenever names or categories of the checklist
    change."""
    tx.datasets.link_names()
    moved = 0
    while rows := tx.datasets.misplaced(BATCH):
        places = [(row[0], row[3], survey_place(row[1], row[2], row[3])) for row in rows]
        tx.datasets.place_again(places)
        moved += len(rows)
    tx.datasets.publish_all()
    return moved
