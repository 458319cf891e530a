"""What was erased leaves the files: a day after the erasing at the latest, in the background."""

from datetime import datetime, timedelta

from observations.base.retrying import retried
from observations.base.roles import NOBODY
from observations.log.entries import LogEntry
from observations.privacy.store import PrivacyReads, Store

LATEST = timedelta(days=1)  # what the page promises
TOGETHER = timedelta(minutes=30)  # erasures of half an hour leave the files by one compaction
LONGEST_ERASURE = timedelta(minutes=1)  # from the moment it is dated by to its commit
COMPACTED = "store.compacted"


def compact(store: Store, now: datetime) -> None:
    """Remove from the files what was erased before `now` (aware), and note that it was done.

    Others go on reading and writing. Raises `StorageError`; the old bytes are then still there.
    """
    store.compact()
    _note(store, now - LONGEST_ERASURE)


@retried
def _note(store: Store, until: datetime) -> None:
    with store.transaction() as tx:
        tx.log.add(LogEntry(COMPACTED, None, NOBODY, until))


def compact_when_due(store: Store, now: datetime) -> bool:
    """Compact where somebody erased themselves more than `TOGETHER` ago; whether it was done.

    Raises `StorageError`; call it again later.
    """
    waiting = store.privacy.erased_since(store.privacy.compacted_until())
    if waiting is None or now - waiting < TOGETHER:
        return False
    compact(store, now)
    return True


def has_left_the_files(privacy: PrivacyReads, erased_at: datetime) -> bool:
    """Whether nothing of who was erased at `erased_at` (aware) is left in the files."""
    until = privacy.compacted_until()
    return until is not None and until >= erased_at
