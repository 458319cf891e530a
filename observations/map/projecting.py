"""The projection of the public view, made anew in bulk: after an import, the demo, or a doubt."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from observations.base.retrying import retried
from observations.occurrences.occurrence import PublicPlace, public_place

BATCH = 50_000
SQUARES = 50_000  # generalised records share few places: far fewer in the city than this


Progress = Callable[[str, int, int], None]


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Say nothing."""


class ProjectionWrites(Protocol):
    """What rebuilding asks and writes. Every method may raise `StorageError`."""

    def public_places(self) -> list[tuple[UUID, float, float, int | None]]:
        """Id, latitude, longitude and grid of every released sighting, from the view itself, in the
        order of their ids."""
        ...

    def unpublish_all(self) -> None:
        """Empty the projection."""
        ...

    def publish_all(self, places: Sequence[tuple[UUID, PublicPlace]]) -> None:
        """The view's rows of these sightings, with what follows from their places."""
        ...

    def count_all(self) -> None:
        """Make the held counts anew from the projection."""
        ...


class Transaction(Protocol):
    """What rebuilding writes in."""

    @property
    def map(self) -> ProjectionWrites: ...


class Store(Protocol):
    """What rebuilding opens."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...


@retried
def rebuild(store: Store, progress: Progress = no_progress) -> int:
    """Make the projection anew in one transaction; how many sightings are public."""
    with store.transaction() as tx:
        return project(tx, progress)


def project(tx: Transaction, progress: Progress = no_progress) -> int:
    """Replace the whole projection by the view's rows; how many there are."""
    tx.map.unpublish_all()
    rows = tx.map.public_places()
    place_of = lru_cache(SQUARES)(public_place)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        tx.map.publish_all([(row[0], place_of(row[1], row[2], row[3])) for row in batch])
        progress("publish", start + len(batch), len(rows))
    tx.map.count_all()
    return len(rows)
