"""Rebuilding the projection of the public view: after an import, after the demo, or by command."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from observations.base.retrying import retried
from observations.occurrences.occurrence import PublicPlace, public_place

BATCH = 50_000
SQUARES = 50_000  # far more than the places in the city that generalised records share


Progress = Callable[[str, int, int], None]


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Report nothing."""


class ProjectionWrites(Protocol):
    """The reads and writes of a rebuild. Every method may raise `StorageError`."""

    def public_places(self) -> list[tuple[UUID, float, float, int | None]]:
        """Id, latitude, longitude and grid of every released sighting, from the view itself.

        They come in the order of their ids.
        """
        ...

    def unpublish_all(self) -> None:
        """Empty the projection."""
        ...

    def publish_all(self, places: Sequence[tuple[UUID, PublicPlace]]) -> None:
        """Add the view's rows of these sightings, with what is computed from their places."""
        ...


class Transaction(Protocol):
    """The writes that a rebuild needs."""

    @property
    def map(self) -> ProjectionWrites: ...


class Store(Protocol):
    """The transactions that a rebuild needs."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...


@retried
def rebuild(store: Store, progress: Progress = no_progress) -> int:
    """Rebuild the projection in one transaction; gives the number of public sightings."""
    with store.transaction() as tx:
        return project(tx, progress)


def project(tx: Transaction, progress: Progress = no_progress) -> int:
    """Replace the whole projection by the view's rows; gives their number."""
    tx.map.unpublish_all()
    rows = tx.map.public_places()
    place_of = lru_cache(SQUARES)(public_place)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        tx.map.publish_all([(row[0], place_of(row[1], row[2], row[3])) for row in batch])
        progress("publish", start + len(batch), len(rows))
    return len(rows)
