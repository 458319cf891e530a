"""Correcting one's own record: its time, its place, or photos that it gains.

Nothing is overwritten: the corrected time and place are an event of their own, and the one before
is kept. The record goes back to the desk, as it does with another name.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.wording import N_
from observations.occurrences.deciding import follow
from observations.occurrences.occurrence import Check, Occurrence, Upload
from observations.occurrences.recording import own_uploads, surroundings
from observations.occurrences.report import (
    MOST_PHOTOS,
    EstablishmentMeans,
    PlaceSource,
    ReportedPlace,
    SightingReport,
)
from observations.occurrences.report_checks import Surroundings, check_report
from observations.occurrences.store import Store, Transaction
from observations.people.consent import Consent
from observations.people.consenting import require_consent
from observations.places.datum import Datum
from observations.taxa.taxon import Group
from observations.verification.decisions import Decision, DecisionRequest, Verdict
from observations.verification.settling import settle


@dataclass(frozen=True)
class NewTime:
    """Another time; `event_date` is aware, the first moment of a day whose hour is not known."""

    event_date: datetime
    is_time_known: bool


@dataclass(frozen=True)
class MorePhotos:
    """Photos that were uploaded, by their upload ids."""

    uploads: tuple[UUID, ...]


Correction = NewTime | ReportedPlace | MorePhotos
WORDS: dict[type[Correction], str] = {
    NewTime: N_("改了时间"),
    ReportedPlace: N_("改了地点"),
    MorePhotos: N_("补了照片"),
}
# Words of a question, in either language, that ask for one of the three.
QUESTION_WORDS = Path(__file__).with_name("question_words.csv")
# What a check found that cannot be read from the record later.
KEPT = frozenset({"origin.unsure"})
KEPT_WITH_THE_PLACE = frozenset({"place.converted"})


def asked_for(question: str) -> list[type[Correction]]:
    """What a verifier's question asks to be corrected, as far as its words tell."""
    return [kind for kind, words in _ASKS.items() if words.search(question)]


def _asks() -> dict[type[Correction], re.Pattern[str]]:
    kinds: dict[str, type[Correction]] = {
        "place": ReportedPlace,
        "time": NewTime,
        "photo": MorePhotos,
    }
    with QUESTION_WORDS.open(encoding="utf-8", newline="") as rows:
        words = {row["asks"]: row["words"] for row in csv.DictReader(rows)}
    return {kind: re.compile(words[name], re.IGNORECASE) for name, kind in kinds.items()}


_ASKS = _asks()


@retried
def correct(
    store: Store, request: DecisionRequest, change: Correction, device_id: UUID, now: datetime
) -> Decision:
    """Correct a sighting in one transaction; the checks are made anew.

    `request` says whose record, and which state of it was on the page; its verdict and message are
    set here. Raises `Refused`: those of `settle`, `correction.same` (nothing is new),
    `consent.missing`, `consent.place`, `photo.unknown`, `record.too_many_photos`.
    """
    request = replace(request, verdict=Verdict.CORRECT, message=WORDS[type(change)])
    before = store.occurrences.occurrence(request.subject_id)
    if before is None:
        raise Refused("decision.unknown_subject")
    report = _corrected(before, change)
    shown = store.occurrences.uploads_shown(before.occurrence_id)
    new = store.occurrences.uploads(change.uploads) if isinstance(change, MorePhotos) else []
    photos = [*shown, *(upload for upload in new if upload.device_id == device_id)]
    taxon = store.taxa.taxon(report.taxon_id) if report.taxon_id else None
    around = surroundings(store, report, photos, taxon, now)
    findings = check_report(report, photos, around, now)
    with store.transaction() as tx:
        decision = settle(tx, request, now)
        consent = require_consent(tx, device_id)
        _write(tx, before, report, change, around, _photos(tx, change, device_id), consent, now)
        lasting = _lasting(tx.occurrences.checks(before.occurrence_id), change)
        tx.occurrences.replace_checks(before.occurrence_id, [*findings, *lasting])
        follow(tx, decision, before.observer_id, now)
    return decision


def _corrected(before: Occurrence, change: Correction) -> SightingReport:
    """The record as its observer would report it now. Raises `Refused("correction.same")`."""
    report = SightingReport(
        occurrence_id=before.occurrence_id,
        photos=(),
        event_date=before.event_date,
        is_time_known=before.is_time_known,
        place=_place(before),
        taxon_id=before.taxon_id,
        verbatim_name=before.verbatim_name,
        group=Group(before.group_code) if before.group_code else None,
        individual_count=before.individual_count,
        establishment_means=(
            EstablishmentMeans(before.establishment_means) if before.establishment_means else None
        ),
        note=before.note,
        hides_exact_place=before.hides_exact_place,
    )
    if isinstance(change, MorePhotos):
        return report
    corrected = (
        replace(report, event_date=change.event_date, is_time_known=change.is_time_known)
        if isinstance(change, NewTime)
        else replace(report, place=change)
    )
    if corrected == report:
        raise Refused("correction.same")
    return corrected


def _place(before: Occurrence) -> ReportedPlace:
    return ReportedPlace(
        latitude=before.decimal_latitude,
        longitude=before.decimal_longitude,
        uncertainty_m=before.coordinate_uncertainty_in_meters,
        source=PlaceSource(before.place_source),
        name=before.place_name,
        datum=Datum.WGS84,
    )


def _photos(tx: Transaction, change: Correction, device_id: UUID) -> list[Upload]:
    uploads = change.uploads if isinstance(change, MorePhotos) else ()
    return own_uploads(tx, uploads, device_id)


def _write(
    tx: Transaction,
    before: Occurrence,
    report: SightingReport,
    change: Correction,
    around: Surroundings,
    uploads: Sequence[Upload],
    consent: Consent,
    now: datetime,
) -> None:
    match change:
        case NewTime():
            tx.occurrences.move_time(report, new_id(now), now)
        case ReportedPlace():
            if not consent.allows_place and change.source is not PlaceSource.NAMED:
                raise Refused("consent.place", "place")
            tx.occurrences.move_place(report, new_id(now), around.district, now)
        case MorePhotos():
            _add_photos(tx, before.occurrence_id, uploads, consent.photo_licence)


def _add_photos(
    tx: Transaction, occurrence_id: UUID, uploads: Sequence[Upload], licence: str
) -> None:
    there = [sha256 for sha256, _licence in tx.occurrences.photos(occurrence_id)]
    new = [one for one in dict.fromkeys(up.sha256 for up in uploads) if one not in there]
    if not new:
        raise Refused("correction.same")
    if len(there) + len(new) > MOST_PHOTOS:
        raise Refused("record.too_many_photos", "photos", most=MOST_PHOTOS)
    tx.occurrences.add_photos(occurrence_id, new, licence, after=len(there))


def _lasting(checks: Sequence[Check], change: Correction) -> list[Check]:
    """The findings that stand whatever is found anew."""
    codes = KEPT if isinstance(change, ReportedPlace) else KEPT | KEPT_WITH_THE_PLACE
    return [check for check in checks if check.code in codes]
