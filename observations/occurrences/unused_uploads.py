"""Removing uploads that were never used, after a while, since a draft may still need them.

What is removed is not lost: the draft on the phone holds it still and sends it again, under the
same id, when it is handed in. And an older database knows photos as unused that have been shown
since: so the files are set aside for a month, but those that came and were too many while this
process ran.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from observations.base.retrying import retried
from observations.base.roles import NOBODY
from observations.log.entries import LogEntry
from observations.log.store import LogWrites
from observations.media.ownership import why_not_own
from observations.media.store import MediaReads, MediaWrites, PhotoFiles, PhotoSize
from observations.media.sweeping import (
    SWEEP_AFTER,
    SWEEP_MOST,
    Sweep,
    most_at_once,
    put_aside,
    remove_at_once,
    unknown_photos,
)

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

    def unused_uploads(self, upload_id: UUID | None = None) -> list[UnusedUpload]:
        """Uploads that no sighting and no action shows, in no particular order; all, or one."""
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
    def media(self) -> MediaWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that tidying needs."""

    @property
    def occurrences(self) -> TidyingReads: ...

    @property
    def media(self) -> MediaReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...


def remove_unused(store: Store, files: PhotoFiles, now: datetime, running: timedelta) -> Sweep:
    """Remove unused uploads that are too old or too many, rows first, and set their files aside.

    `now` is aware, `running` is how long this process has run: in its first three hours only what
    came since is touched, and nothing where the photos are another store's. More than 100 files
    and 1 % of all are left for a person's word (`remove_all_unused`). Gives how many uploads went
    or were left. May raise `StorageError`; the next call removes what is left.
    """
    unused = list(too_many(store.occurrences.unused_uploads(), now))
    if not unused or why_not_own(store, files):
        return Sweep()
    old = [upload for upload in unused if not _is_flood(upload, now, running)]
    count = len({upload.sha256 for upload in old}) * len(PhotoSize)
    is_too_much = count > SWEEP_MOST and count > most_at_once(sum(1 for _ in files.names()))
    if running < SWEEP_AFTER or is_too_much:
        unused = [upload for upload in unused if _is_flood(upload, now, running)]
        return replace(_remove(store, files, unused, now, running), held_back=len(old))
    return _remove(store, files, unused, now, running)


def remove_all_unused(store: Store, files: PhotoFiles, now: datetime) -> Sweep:
    """The same at a person's word, however many."""
    unused = list(too_many(store.occurrences.unused_uploads(), now))
    return _remove(store, files, unused, now, timedelta())


def _is_flood(upload: UnusedUpload, now: datetime, running: timedelta) -> bool:
    """Whether it came while this process ran, and goes only because there are too many.

    It can be no older database's.
    """
    return now - upload.uploaded_at <= min(running, KEPT_FOR)


def _remove(
    store: Store,
    files: PhotoFiles,
    uploads: Sequence[UnusedUpload],
    now: datetime,
    running: timedelta,
) -> Sweep:
    removed = _remove_rows(store, uploads, now) if uploads else []
    flood = {one.sha256 for one in removed if _is_flood(one, now, running)}
    old = {one.sha256 for one in removed} - flood
    put_aside(store, files, unknown_photos(store, files, old, now - LATELY), now)
    remove_at_once(store, files, unknown_photos(store, files, flood, now - LATELY), now)
    return Sweep(set_aside=len(old), removed=len(flood))


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
def _remove_rows(
    store: Store, uploads: Sequence[UnusedUpload], now: datetime
) -> list[UnusedUpload]:
    """The rows of those that are still unused."""
    with store.transaction() as tx:
        unused = set(tx.occurrences.unused_uploads())
        removed = [upload for upload in uploads if upload in unused]
        tx.occurrences.remove_uploads([upload.upload_id for upload in removed])
        tx.media.forget_digests(sorted({upload.sha256 for upload in removed}))
        tx.log.add(LogEntry("uploads.tidied", None, NOBODY, now, {"uploads": len(removed)}))
    return removed
