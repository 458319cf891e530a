"""The projection of the public view, made anew in bulk: at the first start, or after a doubt.

After a doubt it is compared with the view a span of sightings at a time, by reading alone, beside
whoever records and decides; what differs is replaced in short transactions. A run that was cut off
leaves what it has mended, and the next one begins anew.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from observations.base.retrying import retried
from observations.occurrences.generalised_photos import PhotosOfGeneralised, show_all
from observations.occurrences.occurrence import PublicPlace, public_place

BATCH = 50_000
SPAN = 5_000  # sightings compared at a time
STEP = 500  # of those that differ, replaced in one transaction
COUNTS = 5_000  # counts corrected in one transaction
SQUARES = 50_000  # generalised records share few places: far fewer in the city than this


Progress = Callable[[str, int, int], None]


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Report nothing."""


Count = tuple[str, str, str, int, int]  # kind, subject, place, records, generated ones
Point = tuple[float, float, int | None, float | None]  # latitude, longitude, grid, uncertainty
Place = tuple[UUID, float, float, int | None, float | None]  # the same behind an id
PlaceOf = Callable[[float, float, int | None, float | None], PublicPlace]
FIRST_ID, LAST_ID = UUID(int=0), UUID(int=2**128 - 1)


@dataclass(frozen=True)
class Projected:
    """A sighting in the view and in the projection.

    `point` is the view's place, None where the sighting is not public;
    `place` is what is stored of it, `is_same` whether all else is the same.
    """

    occurrence_id: UUID
    point: Point | None
    place: PublicPlace
    is_same: bool


class ProjectionReads(Protocol):
    """What comparing asks. Every method may raise `StorageError`."""

    def sightings(self) -> int:
        """How many sightings there are, public or not."""
        ...

    def span_end(self, after: UUID, limit: int) -> UUID | None:
        """The last of the next `limit` sightings by id; None where there are none."""
        ...

    def compared(self, after: UUID, last: UUID) -> list[Projected]:
        """The view beside the projection, for the sightings behind `after` up to `last`."""
        ...

    def wrong_counts(self) -> list[Count]:
        """What the map's counts lack, or have too much, beside the projection."""
        ...


class ProjectionWrites(Protocol):
    """The reads and writes of a rebuild. Every method may raise `StorageError`."""

    def public_places(self) -> list[Place]:
        """Id and place of every released sighting, from the view itself, in the order of ids."""
        ...

    def public_places_of(self, occurrence_ids: Sequence[UUID]) -> list[Place]:
        """The same of those of the given sightings that are released."""
        ...

    def unpublish_all(self) -> None:
        """Empty the projection."""
        ...

    def drop_photos_of_nothing(self) -> None:
        """Delete the photos of generalised sightings that the projection does not show so."""
        ...

    def take_out(self, occurrence_ids: Sequence[UUID]) -> None:
        """Take these sightings out of the projection and its counts."""
        ...

    def publish_all(self, places: Sequence[tuple[UUID, PublicPlace]]) -> None:
        """Add the view's rows of these sightings, with what is computed from their places."""
        ...

    def count_in(self, occurrence_ids: Sequence[UUID]) -> None:
        """Count these sightings, which have come into the projection."""
        ...

    def count_all(self) -> None:
        """Make the map's counts anew from the projection."""
        ...

    def correct_counts(self, counts: Sequence[Count]) -> None:
        """Add what the map's counts lacked."""
        ...


class PhotosReads(Protocol):
    """What comparing asks of the photos of generalised records."""

    def wrong_generalised_photos(self) -> list[UUID]:
        """Records whose photos are shown otherwise than they should be."""
        ...


class Transaction(Protocol):
    """The writes that a rebuild needs."""

    @property
    def map(self) -> ProjectionWrites: ...
    @property
    def occurrences(self) -> PhotosOfGeneralised: ...


class Store(Protocol):
    """What rebuilding reads and opens."""

    @property
    def map(self) -> ProjectionReads: ...
    @property
    def occurrences(self) -> PhotosReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open one transaction."""
        ...


def rebuild(store: Store, progress: Progress = no_progress) -> int:
    """Compare the whole projection with the view and replace what differs.

    Gives the number of public sightings.
    """
    place_of = lru_cache(SQUARES)(public_place)
    public, done, after, total = 0, 0, FIRST_ID, store.map.sightings()
    while after != LAST_ID:
        last = store.map.span_end(after, SPAN) or LAST_ID
        rows = store.map.compared(after, last)
        public += len({row.occurrence_id for row in rows if row.point})
        wrong = _wrong(rows, place_of)
        for start in range(0, len(wrong), STEP):
            _replace(store, wrong[start : start + STEP], place_of)
        done, after = min(done + SPAN, total), last
        progress("publish", done, total)
    wrong = store.occurrences.wrong_generalised_photos()
    for start in range(0, len(wrong), STEP):
        _show(store, wrong[start : start + STEP])
    counts = store.map.wrong_counts()
    for start in range(0, len(counts), COUNTS):
        _correct(store, counts[start : start + COUNTS])
    return public


def _wrong(rows: Sequence[Projected], place_of: PlaceOf) -> list[UUID]:
    """The sightings that the projection shows otherwise than the view, or twice."""
    times = Counter(row.occurrence_id for row in rows)
    wrong = [
        row.occurrence_id
        for row in rows
        if not row.is_same
        or times[row.occurrence_id] > 1
        or (row.point and place_of(*row.point) != row.place)
    ]
    return list(dict.fromkeys(wrong))


@retried
def _replace(store: Store, occurrence_ids: Sequence[UUID], place_of: PlaceOf) -> None:
    """Replace their rows by the view's, as it is now."""
    with store.transaction() as tx:
        tx.map.take_out(occurrence_ids)
        places = tx.map.public_places_of(occurrence_ids)
        tx.map.publish_all([(row[0], place_of(*row[1:])) for row in places])
        tx.map.count_in(occurrence_ids)


@retried
def _show(store: Store, occurrence_ids: Sequence[UUID]) -> None:
    with store.transaction() as tx:
        show_all(tx, occurrence_ids)


@retried
def _correct(store: Store, counts: Sequence[Count]) -> None:
    with store.transaction() as tx:
        tx.map.correct_counts(counts)


def project(tx: Transaction, progress: Progress = no_progress) -> int:
    """Replace the whole projection by the view's rows; gives their number."""
    tx.map.unpublish_all()
    rows = tx.map.public_places()
    place_of = lru_cache(SQUARES)(public_place)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        tx.map.publish_all([(row[0], place_of(*row[1:])) for row in batch])
        progress("publish", start + len(batch), len(rows))
    tx.map.drop_photos_of_nothing()
    show_all(tx, [row[0] for row in rows if row[3]])
    tx.map.count_all()
    return len(rows)
