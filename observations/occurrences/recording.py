"""Recording a sighting: one transaction, acknowledged only when it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observations.log.entries import LogEntry
from observations.log.errors import Refused
from observations.log.ids import new_id, random_id
from observations.log.retrying import retried
from observations.log.roles import Person
from observations.occurrences.checking import check
from observations.occurrences.occurrence import Check, Upload, receipt_number
from observations.occurrences.report import PlaceSource, SightingReport
from observations.occurrences.store import Store, Transaction
from observations.people.consent import require_consent
from observations.people.joining import ensure_observer
from observations.people.observer import Observer
from observations.places.districts import district_of
from observations.verification.decisions import Kind


@dataclass(frozen=True)
class Receipt:
    """What the observer is told. `is_new` is False where the same record was here already."""

    occurrence_id: UUID
    number: str
    is_new: bool
    observer: Observer
    flags: tuple[Check, ...]


@retried
def submit(store: Store, report: SightingReport, device_id: UUID, now: datetime) -> Receipt:
    """Record a sighting from a browser in one transaction. Errors as `record`."""
    with store.transaction() as tx:
        return record(tx, report, device_id, now)


def record(tx: Transaction, report: SightingReport, device_id: UUID, now: datetime) -> Receipt:
    """Event, occurrence, first identification, photos, checks, review and log entry.

    The same id from the same observer is stored once and says so. Raises `Refused`:
    `consent.missing`, `consent.place` (an exact place without the tick for it), `record.id_taken`
    (somebody else's id), `photo.unknown` (not uploaded by this browser), `taxon.unknown`.
    """
    owner = tx.occurrences.owner_of(report.occurrence_id)
    if owner:
        return _receipt_again(tx, report, device_id, owner[0])
    consent = require_consent(tx, device_id)
    if not consent.allows_place and report.place.source is not PlaceSource.NAMED:
        raise Refused("consent.place", "place")
    uploads = _uploads(tx, report, device_id)
    category = _sensitive_category(tx, report)
    observer = ensure_observer(tx, device_id, now)
    checks = _store(tx, report, uploads, observer, category, consent.photo_licence, now)
    flags = tuple(found for found in checks if found.is_flag)
    number = receipt_number(report.occurrence_id)
    return Receipt(report.occurrence_id, number, True, observer, flags)


def _receipt_again(
    tx: Transaction, report: SightingReport, device_id: UUID, owner_id: UUID | None
) -> Receipt:
    observer = tx.people.observer_of_device(device_id)
    if observer is None or observer.observer_id != owner_id:
        raise Refused("record.id_taken", "id")
    number = receipt_number(report.occurrence_id)
    return Receipt(report.occurrence_id, number, False, observer, ())


def _uploads(tx: Transaction, report: SightingReport, device_id: UUID) -> list[Upload]:
    """The photos in the order given; only this browser's own."""
    if not report.photos:
        return []
    found = {upload.upload_id: upload for upload in tx.occurrences.uploads(report.photos)}
    uploads = [found.get(photo) for photo in report.photos]
    if any(upload is None or upload.device_id != device_id for upload in uploads):
        raise Refused("photo.unknown", "photos")
    return [upload for upload in uploads if upload]


def _sensitive_category(tx: Transaction, report: SightingReport) -> int | None:
    if report.taxon_id is None:
        return None
    facts = tx.occurrences.taxon_facts(report.taxon_id)
    if facts is None:
        raise Refused("taxon.unknown", "taxon_id")
    return facts[1]


def _store(
    tx: Transaction,
    report: SightingReport,
    uploads: Sequence[Upload],
    observer: Observer,
    category: int | None,
    licence: str,
    now: datetime,
) -> list[Check]:
    place, occurrence_id = report.place, report.occurrence_id
    district = district_of(place.latitude, place.longitude)
    code = district.code if district else None
    hashes = [upload.sha256 for upload in uploads]
    elsewhere = bool(hashes) and tx.occurrences.others_with_photos(hashes, observer.observer_id)
    checks = check(report, uploads, elsewhere, category, code, now)
    who = Person(observer_id=observer.observer_id)

    tx.occurrences.add(report, observer.observer_id, new_id(now), random_id(), code, now)
    tx.occurrences.identify(
        occurrence_id,
        report.taxon_id,
        report.verbatim_name,
        report.group,
        observer.observer_id,
        None,
        now,
    )
    if hashes:
        tx.occurrences.add_photos(occurrence_id, list(dict.fromkeys(hashes)), licence)
    tx.occurrences.add_checks(occurrence_id, checks)
    tx.verification.open(occurrence_id, Kind.OCCURRENCE, observer.observer_id, now, False)
    details: dict[str, object] = {"photos": len(hashes)}
    tx.log.add(LogEntry("occurrence.submitted", occurrence_id, who, now, details))
    return checks
