"""Whether photo files are as they were put, told by their hashes.

`check` compares all of them, a running server a thirtieth a day. Files of before the hashes are
decoded once, then hashed.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from observations.base.clock import day_of
from observations.base.errors import StorageError
from observations.base.retrying import retried
from observations.media.decoding import open_own, thumb_of
from observations.media.hashing import sha256_of, show_the_same
from observations.media.store import MediaReads, MediaWrites, PhotoDigest, PhotoFiles, PhotoSize

COMPARED_EVERY = timedelta(days=30)
BATCH = 1000
MOST_DAMAGED = 10_000
# A photo that is sent again while it is looked at may be without its files for a moment.
AGAIN_S = 1.0


class Transaction(Protocol):
    """What comparing writes in."""

    @property
    def media(self) -> MediaWrites: ...


class Store(Protocol):
    """What comparing reads and opens."""

    @property
    def media(self) -> MediaReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...


@dataclass(frozen=True)
class Fault:
    """A file that is not as it was put: missing, or damaged."""

    sha256: str
    size: PhotoSize
    is_missing: bool

    def __str__(self) -> str:
        what = f"has no {self.size}" if self.is_missing else f"has a damaged {self.size}"
        return f"photo {self.sha256} {what}"


def digest_of(sha256: str, thumb: bytes, large: bytes) -> PhotoDigest:
    """The digest of a photo's two files."""
    return PhotoDigest(sha256, sha256_of(thumb), sha256_of(large))


def compare_all(
    store: Store, files: PhotoFiles, now: datetime
) -> Iterator[tuple[int, list[Fault]]]:
    """Compare every photo that a row names, a batch at a time: how many, and what is wrong.

    `now` is aware. May raise `StorageError`.
    """
    last = ""
    while digests := store.media.digests_after(last, BATCH):
        last = digests[-1].sha256
        yield len(digests), compare(store, files, digests, now, is_new_alone=True)


def compare_due(store: Store, files: PhotoFiles, now: datetime, every: timedelta) -> list[Fault]:
    """Compare the share that is due where this is called once `every` so long; what is wrong.

    `now` is aware. May raise `StorageError`.
    """
    share = int(store.media.count_digests() * (every / COMPARED_EVERY)) + 1
    digests = store.media.due_digests(day_of(now - COMPARED_EVERY), share)
    return compare(store, files, digests, now)


def compare_damaged(store: Store, files: PhotoFiles, now: datetime) -> list[Fault]:
    """Look again at those that were damaged when they were compared last; what still is."""
    return compare(store, files, store.media.damaged_digests(MOST_DAMAGED), now)


def compare(
    store: Store,
    files: PhotoFiles,
    digests: Sequence[PhotoDigest],
    now: datetime,
    *,
    is_new_alone: bool = False,
) -> list[Fault]:
    """Compare these photos and write down what was seen, or (`is_new_alone`) only what is news.

    What looks wrong is looked at again with its row of then: a photo may be erased, or sent again,
    meanwhile.
    """
    looks, faults = _look(files, digests)
    if faults:
        time.sleep(AGAIN_S)
        suspects = store.media.digests_of(sorted({fault.sha256 for fault in faults}))
        again, faults = _look(files, suspects)
        names = [digest.sha256 for digest in again]
        looks = [digest for digest in looks if not digest.is_damaged] + again
        named = {digest.sha256 for digest in store.media.digests_of(names)}
        faults = [fault for fault in faults if fault.sha256 in named]
    before = set(digests)
    news = [digest for digest in looks if not (is_new_alone and digest in before)]
    with suppress(StorageError):  # a store that takes no writes can be compared too
        _note(store, news, now)
    return faults


@retried
def _note(store: Store, digests: Sequence[PhotoDigest], now: datetime) -> None:
    if digests:
        with store.transaction() as tx:
            tx.media.note_compared(digests, day_of(now))


def _look(
    files: PhotoFiles, digests: Sequence[PhotoDigest]
) -> tuple[list[PhotoDigest], list[Fault]]:
    """What each photo's files are now, and which of them are not as they were."""
    seen, faults = [], []
    for digest in digests:
        now, wrong = look_at(files, digest)
        seen.append(now)
        faults += wrong
    return seen, faults


def look_at(files: PhotoFiles, digest: PhotoDigest) -> tuple[PhotoDigest, list[Fault]]:
    """What a photo's files are now, and which are not as they were put.

    Those that were never hashed are decoded.
    """
    data = {size: files.get(digest.sha256, size) for size in PhotoSize}
    faults = faults_of(digest, data)
    thumb, large = data[PhotoSize.THUMB], data[PhotoSize.LARGE]
    if not faults and thumb is not None and large is not None:
        return digest_of(digest.sha256, thumb, large), []
    return replace(digest, is_damaged=True), faults


def faults_of(digest: PhotoDigest, data: dict[PhotoSize, bytes | None]) -> list[Fault]:
    """Which of a photo's files are not as they were put."""
    if digest.thumb is None or digest.large is None:
        bad = _unlike(data)
    else:
        bad = {size for size, one in data.items() if not one or sha256_of(one) != digest.of(size)}
    return [Fault(digest.sha256, size, data[size] is None) for size in PhotoSize if size in bad]


def _unlike(data: dict[PhotoSize, bytes | None]) -> set[PhotoSize]:
    """Which files do not open; both where they show different pictures."""
    pictures = {size: open_own(one) for size, one in data.items()}
    thumb, large = pictures[PhotoSize.THUMB], pictures[PhotoSize.LARGE]
    if thumb is None or large is None:
        return {size for size, picture in pictures.items() if picture is None}
    return set() if show_the_same(thumb, large) else set(PhotoSize)


def mend(
    store: Store, files: PhotoFiles, faults: Sequence[Fault], now: datetime
) -> tuple[list[Fault], list[Fault]]:
    """Make lost and damaged thumbs anew from their large size.

    Gives those that were made, and what is beyond mending. `now` is aware. May raise
    `StorageError`.
    """
    sizes: dict[str, set[PhotoSize]] = defaultdict(set)
    for fault in faults:
        sizes[fault.sha256].add(fault.size)
    mendable = {sha256 for sha256, bad in sizes.items() if bad == {PhotoSize.THUMB}}
    made = {sha256 for sha256 in sorted(mendable) if _make_thumb(store, files, sha256, now)}
    beyond = [fault for fault in faults if fault.sha256 not in made]
    return [fault for fault in faults if fault.sha256 in made], beyond


def _make_thumb(store: Store, files: PhotoFiles, sha256: str, now: datetime) -> bool:
    large = files.get(sha256, PhotoSize.LARGE)
    thumb = thumb_of(large) if large else None
    if large is None or thumb is None:
        return False
    files.put(sha256, PhotoSize.THUMB, thumb)
    put_digests(store, [digest_of(sha256, thumb, large)], now)
    return True


@retried
def put_digests(store: Store, digests: Sequence[PhotoDigest], now: datetime) -> None:
    """Write down what the files of photos are, as they were just put. May raise `StorageError`."""
    with store.transaction() as tx:
        tx.media.put_digests(digests, day_of(now))
