"""Sightings made as a phone makes them: consent, photo, record, by the domain alone."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from observations.base.clock import day_of
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.media.store import PhotoDigest, PhotoFiles
from observations.occurrences.deciding import NewName, decide
from observations.occurrences.occurrence import Upload
from observations.occurrences.recording import submit
from observations.occurrences.report import read_report
from observations.occurrences.uploading import receive
from observations.people.consent import CONSENT_VERSION
from observations.people.consenting import give_consent
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Decision, DecisionRequest, Verdict

if TYPE_CHECKING:
    from db.store import Store

NOW = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)
XIXI = {"latitude": 30.2694, "longitude": 120.0631, "uncertainty_m": 8, "source": "exif"}
NIGHT_HERON = taxon_id_of("Nycticorax nycticorax")  # everywhere, exact place
MANDARIN = taxon_id_of("Aix galericulata")  # protected: an approximate place for others
VERIFIER = Person(staff_id=new_id(), role=Role.VERIFIER)
SECOND_VERIFIER = Person(staff_id=new_id(), role=Role.VERIFIER)


def phone(store: "Store", now: datetime = NOW) -> UUID:
    """A browser whose user has consented."""
    device_id = new_id(now)
    give_consent(store, device_id, CONSENT_VERSION, True, "CC BY 4.0", now)
    return device_id


def photo(
    store: "Store", photos: PhotoFiles, device_id: UUID, data: bytes, now: datetime = NOW
) -> UUID:
    """The upload id of a photo sent from that browser."""
    return receive(store, photos, new_id(now), device_id, data, now).upload_id


def add_row_of_photo(store: "Store", upload: Upload) -> UUID:
    """The upload id of a photo of which only the rows are there."""
    with store.transaction() as tx:
        tx.occurrences.add_upload(upload)
        tx.media.put_digests([PhotoDigest(upload.sha256, None, None)], day_of(upload.uploaded_at))
    return upload.upload_id


def record(store: "Store", device_id: UUID, now: datetime = NOW, **changes: Any) -> UUID:
    """The id of a sighting of a wild night heron at 西溪 an hour ago, with `changes`."""
    payload = {
        "id": str(new_id(now)),
        "event_date": (now - timedelta(hours=1)).isoformat(),
        "place": XIXI,
        "taxon_id": str(NIGHT_HERON),
        "establishment_means": "wild",
        **changes,
    }
    return submit(store, read_report(payload, now), device_id, now).occurrence_id


def said(
    store: "Store",
    subject_id: UUID,
    verdict: Verdict,
    person: Person = VERIFIER,
    now: datetime | None = None,
    name: NewName | None = None,
    **changes: Any,
) -> Decision:
    """A decision on a sighting by somebody who saw its current state, a minute after the last."""
    review = store.verification.review(subject_id)
    assert review is not None
    earlier = len(store.verification.decisions(subject_id))
    request = DecisionRequest(subject_id, verdict, person, review.decision_id, **changes)
    return decide(store, request, now or NOW + timedelta(minutes=1 + earlier), name)


def observer_of(store: "Store", device_id: UUID) -> Person:
    """The observer of that browser, as rules take them."""
    observer = store.people.observer_of_device(device_id)
    assert observer is not None
    return Person(observer_id=observer.observer_id)
