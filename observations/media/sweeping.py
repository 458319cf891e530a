"""Removing photo files that no row names: set aside first, deleted a month later.

Uploads that were interrupted leave such files. An empty, older or wrong store names none of the
photos beside it either, so the sweep stops where it would set aside too much.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from observations.base.clock import day_of
from observations.base.errors import StorageError
from observations.media.ownership import why_not_own
from observations.media.store import PhotoFiles, Store

LEFT_BEHIND = timedelta(days=1)
KEPT_ASIDE = timedelta(days=30)
# How long a process runs before its first sweep, and how much a sweep may set aside by itself.
SWEEP_AFTER = timedelta(hours=3)
SWEEP_MOST = 100
SWEEP_MOST_SHARE = 0.01


@dataclass(frozen=True)
class Sweep:
    """What one sweep did.

    `set_aside` and `held_back` count photos that no row names: those set aside, and those left
    because they are too many or older than the store. `taken_back` counts photos that a row names
    again, `removed` the files deleted for good.
    """

    set_aside: int = 0
    held_back: int = 0
    taken_back: int = 0
    removed: int = 0


def sweep(store: Store, files: PhotoFiles, now: datetime, running: timedelta) -> Sweep:
    """Set aside photos that no row has named for a day; delete what was set aside 30 days ago.

    `now` is aware; `running` is how long this process has run: in its first three hours nothing is
    changed, nor where the photos are another store's. No photo is set aside where more than 100
    files and more than 1 % of all would be, or one of them is older than the store: then the store
    is probably wrong, and a person must decide (`sweep_all`). May raise `StorageError`.
    """
    if running < SWEEP_AFTER or why_not_own(store, files):
        return Sweep()
    taken_back = take_back(store, files)
    names = list(files.names())
    unknown = set(unknown_photos(store, files, {sha256 for sha256, _ in names}, now - LEFT_BEHIND))
    count = sum(sha256 in unknown for sha256, _ in names)
    if count > most_at_once(len(names)) or _is_older_than_store(store, files, unknown):
        return Sweep(held_back=len(unknown), taken_back=taken_back)
    aside = put_aside(store, files, unknown, now)
    return Sweep(len(aside), 0, taken_back, _remove_for_good(files, now))


def sweep_all(store: Store, files: PhotoFiles, now: datetime) -> Sweep:
    """The same on a person's command, however many and however old.

    Raises `StorageError` where the photos are another store's.
    """
    reason = why_not_own(store, files)
    if reason:
        raise StorageError(reason)
    taken_back = take_back(store, files)
    names = {sha256 for sha256, _ in files.names()}
    unknown = set(unknown_photos(store, files, names, now - LEFT_BEHIND))
    aside = put_aside(store, files, unknown, now)
    return Sweep(len(aside), 0, taken_back, _remove_for_good(files, now))


def most_at_once(count: int) -> int:
    """How many of so many files may go without a person's word."""
    return max(SWEEP_MOST, int(count * SWEEP_MOST_SHARE))


def put_aside(
    store: Store, files: PhotoFiles, sha256s: Collection[str], now: datetime
) -> list[str]:
    """Set aside photos that no row knows; gives those that stay aside.

    One that is sent again meanwhile is back at once: its row is looked for after its files were
    moved. May raise `StorageError`.
    """
    names = sorted(sha256s)
    for sha256 in names:
        files.set_aside(sha256, day_of(now))
    aside = store.media.photos_of_nothing(names) if names else []
    for sha256 in set(names).difference(aside):
        files.take_back(sha256)
    return aside


def remove_at_once(
    store: Store, files: PhotoFiles, sha256s: Collection[str], now: datetime
) -> None:
    """Remove for good photos that no row knows any more, but those sent again meanwhile."""
    for sha256 in put_aside(store, files, sha256s, now):
        files.delete(sha256)


def take_back(store: Store, files: PhotoFiles) -> int:
    """Move photos that were set aside and are named by a row back; gives their number.

    May raise `StorageError`.
    """
    aside = {sha256 for sha256, _ in files.photos_aside()}
    if not aside:
        return 0
    known = aside.difference(store.media.photos_of_nothing(sorted(aside)))
    return sum(bool(files.take_back(sha256)) for sha256 in known)


def unknown_photos(store: Store, files: PhotoFiles, names: set[str], before: datetime) -> list[str]:
    """Those of `names` that no row names and whose files are older than `before` (aware)."""
    unknown = store.media.photos_of_nothing(sorted(names)) if names else []
    return [sha256 for sha256 in unknown if _put_before(files, sha256, before)]


def _put_before(files: PhotoFiles, sha256: str, moment: datetime) -> bool:
    written = files.written_at(sha256)
    return written is not None and written < moment


def _is_older_than_store(store: Store, files: PhotoFiles, sha256s: set[str]) -> bool:
    made_at = store.media.identity().made_at
    return any(_put_before(files, sha256, made_at) for sha256 in sha256s)


def _remove_for_good(files: PhotoFiles, now: datetime) -> int:
    emptied = files.empty_aside(day_of(now - KEPT_ASIDE))
    return emptied + files.remove_half_written(now - LEFT_BEHIND)
