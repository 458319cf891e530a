"""Photos that were sent and never used: kept for a while, since a draft may come back to them.

What is removed is not lost: the draft on the phone holds it still and sends it again, under the
same id, when it is handed in.
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
from observations.media.store import MediaReads, MediaWrites, PhotoFiles
from observations.media.sweeping import unknown_photos

KEPT_FOR = timedelta(days=7)
MOST_A_DEVICE = 60
MOST_BYTES = 2 * 1024**3
# A file put so lately may be of an upload whose row is still to come: files come before rows.
LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class UnusedUpload:
    """An upload that nothing shows; `stored_bytes` is what it takes, `uploaded_at` aware."""

    upload_id: UUID
    device_id: UUID
    sha256: str
    stored_bytes: int
    uploaded_at: datetime


class TidyingReads(Protocol):
    """Questions about unused photos. Every method may raise `StorageError`."""

    def unused_uploads(self) -> list[UnusedUpload]:
        """Uploads that no sighting and no action shows, in no order."""
        ...


class TidyingWrites(TidyingReads, Protocol):
    """Changes, inside a transaction."""

    def remove_uploads(self, upload_ids: Sequence[UUID]) -> None:
        """Forget uploads; their ids are free again."""
        ...


class Transaction(Protocol):
    """What tidying writes in."""

    @property
    def occurrences(self) -> TidyingWrites: ...

    @property
    def media(self) -> MediaWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """What tidying reads and opens."""

    @property
    def occurrences(self) -> TidyingReads: ...

    @property
    def media(self) -> MediaReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...


def tidy(store: Store, files: PhotoFiles, now: datetime) -> int:
    """Remove unused uploads that are too old or too many, rows first; how many went.

    `now` is aware. May raise `StorageError`; what is left then, the next time removes.
    """
    removed = _remove_rows(store, now)
    sha256s = {upload.sha256 for upload in removed}
    for sha256 in unknown_photos(store, files, sha256s, now - LATELY):
        files.delete(sha256)
    return len(removed)


def too_many(unused: Sequence[UnusedUpload], now: datetime) -> Iterator[UnusedUpload]:
    """Those to be removed: the newest stay, for 7 days, 60 a device and 2 GB in all."""
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
        tx.media.forget_digests(sorted({upload.sha256 for upload in removed}))
        tx.log.add(LogEntry("uploads.tidied", None, NOBODY, now, {"uploads": len(removed)}))
    return removed
