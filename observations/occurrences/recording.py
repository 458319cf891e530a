"""Recording a sighting: one transaction; the receipt is given only once it is stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id, random_id
from observations.base.retrying import retried
from observations.base.roles import Person
from observations.log.entries import LogEntry
from observations.occurrences.before_saving import all_advice_on
from observations.occurrences.draft import draft_of
from observations.occurrences.group_rules import asks_origin, is_counted
from observations.occurrences.occurrence import Check, Upload, receipt_number
from observations.occurrences.report import PlaceSource, SightingReport
from observations.occurrences.report_checks import VERIFIERS_ALONE, Surroundings, check_report
from observations.occurrences.same_photos import same_photos
from observations.occurrences.store import Store, Transaction
from observations.people.consenting import require_consent
from observations.people.joining import ensure_observer
from observations.people.observer import Observer
from observations.people.standing import require_standing
from observations.places.districts import district_of
from observations.taxa.taxon import Group, Taxon
from observations.verification.decisions import Kind


@dataclass(frozen=True)
class Receipt:
    """The receipt of a record. `is_new` is False where the same record was stored before."""

    occurrence_id: UUID
    public_id: UUID
    number: str
    is_new: bool
    observer: Observer
    flags: tuple[Check, ...]


def _nobody(_name: str) -> Taxon | None:
    return None


@retried
def submit(
    store: Store,
    report: SightingReport,
    device_id: UUID,
    now: datetime,
    named: Callable[[str], Taxon | None] = _nobody,
) -> Receipt:
    """Record a sighting from a browser in one transaction.

    A name that was written down without choosing a taxon, as on a weak signal, is the taxon that
    `named` knows by it in full.

    The same id from the same observer is stored once; the receipt says so. Raises `Refused`:
    `record.id_taken` (somebody else's id), and what `record` raises.

    What only advises the verifier is read before the transaction opens: read inside it, on
    PostgreSQL, several people who record at once would conflict, each reading what the others
    write. An id that another transaction stores meanwhile is a `Conflict`; the next try finds it
    here.
    """
    owner = store.occurrences.owner_of(report.occurrence_id)
    if owner:
        return _receipt_again(store, report, device_id, owner[0])
    taxon = store.taxa.taxon(report.taxon_id) if report.taxon_id else None
    if report.taxon_id is None and (by_name := _taxon_by_name(report, named)):
        taxon, report = by_name, _of_taxon(report, by_name)
    uploads = store.occurrences.uploads(report.photos) if report.photos else []
    own = [upload for upload in uploads if upload.device_id == device_id]
    around = surroundings(store, report, own, taxon, now)
    with store.transaction() as tx:
        return record(tx, report, device_id, taxon, around, now)


def record(
    tx: Transaction,
    report: SightingReport,
    device_id: UUID,
    taxon: Taxon | None,
    around: Surroundings,
    now: datetime,
) -> Receipt:
    """Store event, occurrence, first identification, photos, checks, review and log entry.

    `taxon` is the report's; None where it names none or an unknown one. Raises `Refused`:
    `consent.missing`, `consent.place` (an exact place without consent to it), `photo.unknown` (not
    uploaded by this browser; `missing` lists them), `taxon.unknown`, `origin.missing` (a plant
    without an answer to whether it was planted).
    """
    consent = require_consent(tx, device_id)
    require_standing(tx, device_id, now)
    if not consent.allows_place and report.place.source is not PlaceSource.NAMED:
        raise Refused("consent.place", "place")
    uploads = own_uploads(tx, report.photos, device_id)
    if report.taxon_id and taxon is None:
        raise Refused("taxon.unknown", "taxon_id")
    report = _with_group_fields(report, around.group)
    observer = ensure_observer(tx, device_id, now)
    checks = check_report(report, uploads, around, now)
    public_id = random_id()
    _store(tx, report, public_id, uploads, observer, around.district, consent.photo_licence, now)
    tx.occurrences.add_checks(report.occurrence_id, checks)
    flags = tuple(one for one in checks if one.is_flag and one.code not in VERIFIERS_ALONE)
    number = receipt_number(report.occurrence_id)
    return Receipt(report.occurrence_id, public_id, number, True, observer, flags)


def _taxon_by_name(report: SightingReport, named: Callable[[str], Taxon | None]) -> Taxon | None:
    """The taxon of the name that was written; None where the group that was chosen is another."""
    taxon = named(report.verbatim_name) if report.verbatim_name else None
    is_of_group = taxon and report.group in (None, taxon.group)
    return taxon if is_of_group else None


def _of_taxon(report: SightingReport, taxon: Taxon) -> SightingReport:
    """The report with its taxon.

    The phone did not ask whether a plant is wild or planted, since it did not know the name: the
    origin counts as unsure.
    """
    was_asked = report.establishment_means is not None or not asks_origin(taxon.group)
    is_unsure = report.is_unsure_of_origin or not was_asked
    return replace(report, taxon_id=taxon.taxon_id, is_unsure_of_origin=is_unsure)


def _receipt_again(
    store: Store, report: SightingReport, device_id: UUID, owner_id: UUID | None
) -> Receipt:
    observer = store.people.observer_of_device(device_id)
    if observer is None or observer.observer_id != owner_id:
        raise Refused("record.id_taken", "id")
    stored = store.occurrences.occurrence(report.occurrence_id)
    if stored is None:  # erased since it was found
        raise Refused("record.id_taken", "id")
    number = receipt_number(report.occurrence_id)
    return Receipt(report.occurrence_id, stored.public_id, number, False, observer, ())


def own_uploads(tx: Transaction, photos: Sequence[UUID], device_id: UUID) -> list[Upload]:
    """This browser's photos, in their order. Raises `Refused("photo.unknown")` for any other."""
    if not photos:
        return []
    by_id = {upload.upload_id: upload for upload in tx.occurrences.uploads(photos)}
    uploads = [by_id.get(photo) for photo in photos]
    own = [upload for upload in uploads if upload and upload.device_id == device_id]
    if len(own) < len(uploads):
        here = {upload.upload_id for upload in own}
        missing = [str(photo) for photo in photos if photo not in here]
        raise Refused("photo.unknown", "photos", missing=missing)
    return own


def _with_group_fields(report: SightingReport, group: Group | None) -> SightingReport:
    """The report with the fields of its group.

    Raises `Refused("origin.missing")` for a plant without an answer to whether it was planted.
    """
    if asks_origin(group) and not (report.establishment_means or report.is_unsure_of_origin):
        raise Refused("origin.missing", "establishment_means")
    return _counted(report, group)


def _counted(report: SightingReport, group: Group | None) -> SightingReport:
    """The report, without a count where the group is not counted."""
    return report if is_counted(group) else replace(report, individual_count=None)


def surroundings(
    store: Store,
    report: SightingReport,
    uploads: Sequence[Upload],
    taxon: Taxon | None,
    now: datetime,
) -> Surroundings:
    """What the checks compare the report with; `uploads` are its own photos."""
    district = district_of(report.place.latitude, report.place.longitude)
    group = taxon.group if taxon else report.group
    draft = draft_of(_counted(report, group))
    return Surroundings(
        group=group,
        sensitive_category=taxon.sensitive_category if taxon else None,
        district=district.code if district else None,
        photos=same_photos(store.occurrences, uploads, report.occurrence_id),
        advice=all_advice_on(store.occurrences, draft, taxon, now=now),
    )


def _store(
    tx: Transaction,
    report: SightingReport,
    public_id: UUID,
    uploads: Sequence[Upload],
    observer: Observer,
    district: str | None,
    licence: str,
    now: datetime,
) -> None:
    """Event and occurrence, first identification, photos, review, and a line of the log."""
    occurrence_id, who = report.occurrence_id, observer.observer_id
    hashes = list(dict.fromkeys(upload.sha256 for upload in uploads))
    tx.occurrences.add(report, who, new_id(now), public_id, district, now)
    name = report.taxon_id, report.verbatim_name, report.group
    tx.occurrences.identify(occurrence_id, *name, who, None, now)
    if hashes:
        tx.occurrences.add_photos(occurrence_id, hashes, licence)
    tx.verification.open(occurrence_id, Kind.OCCURRENCE, who, now, False)
    details: dict[str, object] = {"photos": len(uploads)}
    person = Person(observer_id=who)
    tx.log.add(LogEntry("occurrence.submitted", occurrence_id, person, now, details))
