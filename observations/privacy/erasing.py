"""Erasing an observer: unpublished data is deleted; public data stays, without the person."""

from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import NOBODY
from observations.log.entries import LogEntry
from observations.media.store import PhotoFiles
from observations.media.sweeping import remove_at_once
from observations.occurrences.generalised_photos import show_all
from observations.people.joining import require_observer
from observations.people.observer import ERASED_NICKNAME
from observations.privacy.store import Store, Transaction
from observations.satisfaction.own_answers import forget_person


def erase(store: Store, files: PhotoFiles, secret: bytes, device_id: UUID, now: datetime) -> None:
    """Erase the observer of this browser: rows, then photo files.

    The deleted rows' bytes leave the database files by a compaction in the background
    (`observations/privacy/compacting.py`). `now` is aware. Responses stay under one-way tokens,
    which lead to nobody. Raises `Refused("observer.unknown")`; a `StorageError` of the photo files
    leaves the rows erased.
    """
    photos = _erase_rows(store, secret, device_id, now)
    remove_at_once(store, files, store.media.photos_of_nothing(photos), now)


@retried
def _erase_rows(store: Store, secret: bytes, device_id: UUID, now: datetime) -> list[str]:
    with store.transaction() as tx:
        observer = require_observer(tx, device_id)
        return record_erasure(tx, secret, observer.observer_id, now)


def record_erasure(tx: Transaction, secret: bytes, observer_id: UUID, now: datetime) -> list[str]:
    """Erase an observer inside a transaction; gives the photos (SHA-256) to delete afterwards.

    Raises `Refused("observer.unknown")` for nobody, or for somebody erased before.
    """
    observer = tx.people.observer(observer_id)
    if observer is None or observer.erased_at:
        raise Refused("observer.unknown")
    photos = tx.privacy.photos_of(observer_id)
    alike = tx.occurrences.generalised_like(photos) if photos else []
    _erase_what_was_sent(tx, observer_id)
    show_all(tx, alike)
    tx.privacy.remove_uploads(observer_id, photos)
    photos += forget_person(tx, secret, observer_id)
    tx.media.forget_digests(photos)
    _erase_the_person(tx, observer_id, now)
    return photos


def _erase_what_was_sent(tx: Transaction, observer_id: UUID) -> None:
    records = tx.privacy.records_of(observer_id)
    tx.privacy.remove_records([record for record, is_public in records if not is_public])
    tx.privacy.anonymise_records(
        observer_id, [record for record, is_public in records if is_public]
    )
    tx.privacy.remove_voices(observer_id)
    tx.privacy.remove_order(observer_id)
    tx.privacy.remove_reviews(tx.privacy.actions_of(observer_id))
    tx.actions.erase(observer_id)
    tx.points.erase(observer_id)


def _erase_the_person(tx: Transaction, observer_id: UUID, now: datetime) -> None:
    tx.people.forget_browsers_of(observer_id)
    tx.people.forget_recovery_codes(observer_id)
    tx.people.erase_observer(observer_id, ERASED_NICKNAME, now)
    tx.privacy.anonymise_traces(observer_id)
    tx.log.add(LogEntry("observer.erased", None, NOBODY, now))
