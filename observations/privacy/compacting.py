"""Removing erased data from the database files, in the background, within a day."""

from datetime import datetime, timedelta

from observations.base.retrying import retried
from observations.base.roles import NOBODY
from observations.log.entries import LogEntry
from observations.privacy.store import PrivacyReads, Store

LATEST = timedelta(days=1)  # as the page promises
TOGETHER = timedelta(minutes=30)  # erasures within half an hour are removed by one compaction
LONGEST_ERASURE = timedelta(minutes=1)  # from its time stamp to its commit
COMPACTED = "store.compacted"


def compact(store: Store, now: datetime) -> None:
    """Remove from the files what was erased before `now` (aware), and record that.

    Others can read and write meanwhile. Raises `StorageError`; the erased bytes are then still
    there.
    """
    store.compact()
    _note(store, now - LONGEST_ERASURE)


@retried
def _note(store: Store, until: datetime) -> None:
    with store.transaction() as tx:
        tx.log.add(LogEntry(COMPACTED, None, NOBODY, until))


def compact_when_due(store: Store, now: datetime) -> bool:
    """Compact where somebody was erased more than `TOGETHER` ago; gives whether it did.

    Raises `StorageError`; call it again later.
    """
    waiting = store.privacy.erased_since(store.privacy.compacted_until())
    if waiting is None or now - waiting < TOGETHER:
        return False
    compact(store, now)
    return True


def has_left_the_files(privacy: PrivacyReads, erased_at: datetime) -> bool:
    """Whether the files have nothing left of whoever was erased at `erased_at` (aware)."""
    until = privacy.compacted_until()
    return until is not None and until >= erased_at
