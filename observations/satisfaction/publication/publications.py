"""Publishing what is due of a wave, once; and what is public of it now."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from observations.base.errors import StorageError
from observations.base.retrying import retried
from observations.places.districts import DISTRICTS
from observations.satisfaction.margins import MarginRow, census
from observations.satisfaction.publication.next_publication import (
    Apart,
    Material,
    next_publication,
)
from observations.satisfaction.publication.public import Publication
from observations.satisfaction.publication.store import Reads, Store
from observations.satisfaction.publication.times import Due, Kind, times
from observations.satisfaction.waves import Wave

KEPT = 32
_publications: OrderedDict[UUID, Publication] = OrderedDict()
_lock = threading.Lock()
_publishing = threading.Lock()


def times_of(store: Reads, wave: Wave, now: datetime) -> tuple[list[Due], Due | None]:
    """The times of publication of a wave that have come, and the next one."""
    return times(wave, store.satisfaction.steps(), now)


def publish_due(store: Store, now: datetime) -> int:
    """Publish what is due of every wave that has answers; gives how many publications it made."""
    last, steps = store.publications.last(), store.satisfaction.steps()
    made = 0
    for wave in reversed(store.satisfaction.waves()):
        due, _ = times(wave, steps, now)
        if due and (wave.wave_id not in last or last[wave.wave_id] < due[-1].at):
            made += publish_wave(store, wave, due)
    return made


def publish_wave(store: Store, wave: Wave, due: Sequence[Due]) -> int:
    """Publish those of `due` (all that have come) that were not; gives how many.

    Of a wave that closed before anything of it was published, nobody saw a week: it begins with its
    closing. Several threads and processes may do it at once: each publication is made once.
    """
    if not _publishing.acquire(blocking=False):
        return 0  # another thread is at it: who reads meanwhile has what was published before
    try:
        earlier = store.publications.of_wave(wave.wave_id)
        missing = [one for one in due if not earlier or one.at > earlier[-1].due.at]
        closings = [n for n, one in enumerate(missing) if one.kind is Kind.CLOSING]
        if not earlier and closings:
            missing = missing[closings[-1] :]
        if not missing:
            return 0
        past = [
            (whole(store, one), frozenset(store.publications.apart(one.publication_id)))
            for one in earlier
        ]
        for one in missing:
            publication, apart = next_publication(_material(store, wave, one), one, past)
            if not _add(store, publication, apart):
                break  # another process was first, and does the rest
            past.append((publication, frozenset(apart)))
        return len(missing)
    finally:
        _publishing.release()


def public_waves(store: Store, now: datetime) -> list[Wave]:
    """The waves of which anything is public at `now`, the latest first.

    What has become due since is published first; where the store takes no writes, what was
    published stays.
    """
    with suppress(StorageError):
        publish_due(store, now)
    return sorted(map(Wave.named, store.publications.last()), reverse=True)


def last_of(store: Reads, wave: Wave) -> Publication:
    """What is public of a wave: its last publication. Raises `ValueError` where there is none."""
    earlier = store.publications.of_wave(wave.wave_id)
    if not earlier:
        raise ValueError(f"nothing of {wave.wave_id} is published")
    return whole(store, earlier[-1])


def margins_of(store: Reads, publication: Publication) -> list[MarginRow]:
    """The margins that a publication was made with."""
    return store.satisfaction.margins(publication.due.at) or census()


def whole(store: Reads, outline: Publication) -> Publication:
    """A publication with its figures. It never changes, so it is read once a process."""
    key = outline.publication_id
    with _lock:
        if key in _publications:
            _publications.move_to_end(key)
            return _publications[key]
    publication = store.publications.whole(outline)
    with _lock:
        _publications[key] = publication
        while len(_publications) > KEPT:
            _publications.popitem(last=False)
    return publication


def _material(store: Reads, wave: Wave, due: Due) -> Material:
    before = store.publications.of_wave(wave.before.wave_id)
    return Material(
        wave,
        list(DISTRICTS),
        store.publications.sheets(wave.wave_id),
        store.satisfaction.margins(due.at) or census(),
        store.satisfaction.raised(wave.wave_id),
        store.satisfaction.answers(wave.wave_id),
        whole(store, before[-1]) if before else None,
        store.satisfaction.has_demo(wave.wave_id),
        store.satisfaction.restored(wave.wave_id),
    )


@retried
def _add(store: Store, publication: Publication, apart: Apart) -> bool:
    """Add it, unless another process has made one for this time meanwhile."""
    with store.transaction() as tx:
        earlier = tx.publications.of_wave(publication.wave.wave_id)
        if earlier and earlier[-1].due.at >= publication.due.at:
            return False
        tx.publications.add(publication, apart)
        return True
