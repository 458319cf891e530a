"""Removing uploads that were never used, after a while, since a draft may still need them.

Nothing is lost: the draft on the phone still has the photo and sends it again, under the same id,
with the record.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from observations.base.retrying import retried
from observations.base.roles import NOBODY
from observations.log.entries import LogEntry
from observations.log.store import LogWrites
from observations.media.store import MediaReads, PhotoFiles
from observations.media.sweeping import unknown_photos

KEPT_FOR = timedelta(days=7)
MOST_A_DEVICE = 60
MOST_BYTES = 2 * 1024**3
# A younger file may belong to an upload whose row is not written yet: files come before rows.
LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class UnusedUpload:
    """An upload that nothing shows; `stored_bytes` is its size on disk, `uploaded_at` aware."""

    upload_id: UUID
    device_id: UUID
    sha256: str
    stored_bytes: int
    uploaded_at: datetime


class TidyingReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def unused_uploads(self) -> list[UnusedUpload]:
        """Uploads that no sighting and no action shows, in no particular order."""
        ...


class TidyingWrites(TidyingReads, Protocol):
    """Changes, inside a transaction."""

    def remove_uploads(self, upload_ids: Sequence[UUID]) -> None:
        """Delete uploads; their ids may be used again."""
        ...


class Transaction(Protocol):
    """The writes that tidying needs."""

    @property
    def occurrences(self) -> TidyingWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that tidying needs."""

    @property
    def occurrences(self) -> TidyingReads: ...

    @property
    def media(self) -> MediaReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...


def remove_unused(store: Store, files: PhotoFiles, now: datetime) -> int:
    """Remove unused uploads that are too old or too many, rows first; gives their number.

    `now` is aware. May raise `StorageError`; the next call removes what is left.
    """
    removed = _remove_rows(store, now)
    sha256s = {upload.sha256 for upload in removed}
    for sha256 in unknown_photos(store, files, sha256s, now - LATELY):
        files.delete(sha256)
    return len(removed)


def too_many(unused: Sequence[UnusedUpload], now: datetime) -> Iterator[UnusedUpload]:
    """The uploads to remove: the newest stay, for 7 days, 60 a device and 2 GB in all."""
    of_device: Counter[UUID] = Counter()
    room = MOST_BYTES
    for upload in sorted(unused, key=lambda one: (one.uploaded_at, one.upload_id), reverse=True):
        of_device[upload.device_id] += 1
        room -= upload.stored_bytes
        is_old = now - upload.uploaded_at > KEPT_FOR
        if is_old or room < 0 or of_device[upload.device_id] > MOST_A_DEVICE:
            yield upload


@retried
def _remove_rows(store: Store, now: datetime) -> list[UnusedUpload]:
    if not any(too_many(store.occurrences.unused_uploads(), now)):
        return []
    with store.transaction() as tx:
        removed = list(too_many(tx.occurrences.unused_uploads(), now))
        tx.occurrences.remove_uploads([upload.upload_id for upload in removed])
        tx.log.add(LogEntry("uploads.tidied", None, NOBODY, now, {"uploads": len(removed)}))
    return removed
