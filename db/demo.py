"""The demo half-year, written in bulk: a statement costs about the same for one row as for many."""

import json
from collections.abc import Mapping, Sequence

from db.ask import Room
from observations.base.names import skeleton
from observations.demo.crowd import Person
from observations.demo.sightings import Sighting
from observations.demo.store import Name
from observations.log.entries import LogEntry
from observations.occurrences.occurrence import Upload
from observations.occurrences.same_photos import quarters_of
from observations.verification.decisions import Decision, Review


class Demo(Room):
    """Fulfils `observations.demo.store`."""

    name = "demo"

    def is_untouched(self) -> bool:
        """Whether the store has no observer, consent, upload or answer."""
        return int(self._ask("traces")) == 0

    def add_people(self, people: Sequence[Person]) -> None:
        """Add observers, their browsers and consents."""
        observers = [person.observer for person in people]
        consents = [person.consent for person in people]
        observer_ids = [observer.observer_id for observer in observers]
        joined_ats = [observer.joined_at for observer in observers]
        device_ids = [person.device_id for person in people]
        self._ask(
            "add_observers",
            observer_ids=observer_ids,
            nicknames=[observer.nickname for observer in observers],
            skeletons=[skeleton(observer.nickname) for observer in observers],
            homes=[observer.home_district for observer in observers],
            on_boards=[observer.on_boards for observer in observers],
            joined_ats=joined_ats,
        )
        self._ask(
            "link_devices", device_ids=device_ids, observer_ids=observer_ids, linked_ats=joined_ats
        )
        self._ask(
            "add_consents",
            consent_ids=[consent.consent_id for consent in consents],
            device_ids=device_ids,
            versions=[consent.version for consent in consents],
            licences=[str(consent.photo_licence) for consent in consents],
            consented_ats=[consent.consented_at for consent in consents],
        )

    def add_uploads(self, uploads: Sequence[Upload]) -> None:
        """Add uploads whose files are stored already."""
        quarters = [quarters_of(upload.perceptual_hash) for upload in uploads]
        self._ask(
            "add_uploads",
            **{f"quarters_{n}": [four[n - 1] for four in quarters] for n in range(1, 5)},
            upload_ids=[upload.upload_id for upload in uploads],
            device_ids=[upload.device_id for upload in uploads],
            hashes=[upload.sha256 for upload in uploads],
            picture_hashes=[upload.perceptual_hash for upload in uploads],
            media_types=[upload.media_type for upload in uploads],
            widths=[upload.width for upload in uploads],
            heights=[upload.height for upload in uploads],
            byte_counts=[upload.byte_count for upload in uploads],
            uploaded_ats=[upload.uploaded_at for upload in uploads],
        )

    def add_sightings(self, sightings: Sequence[Sighting]) -> None:
        """Add events, occurrences, their photos and checks."""
        self._add_events(sightings)
        self._add_occurrences(sightings)
        self._add_photos(sightings)
        self._add_checks(sightings)

    def _add_events(self, sightings: Sequence[Sighting]) -> None:
        reports = [sighting.report for sighting in sightings]
        places = [report.place for report in reports]
        self._ask(
            "add_events",
            event_ids=[sighting.event_id for sighting in sightings],
            event_dates=[report.event_date for report in reports],
            times_known=[report.is_time_known for report in reports],
            latitudes=[place.latitude for place in places],
            longitudes=[place.longitude for place in places],
            uncertainties=[place.uncertainty_m for place in places],
            place_sources=[str(place.source) for place in places],
            place_names=[place.name for place in places],
            datums=[place.datum for place in places],
            districts=[sighting.district for sighting in sightings],
            hides=[report.hides_exact_place for report in reports],
        )

    def _add_occurrences(self, sightings: Sequence[Sighting]) -> None:
        reports = [sighting.report for sighting in sightings]
        self._ask(
            "add_occurrences",
            occurrence_ids=[report.occurrence_id for report in reports],
            event_ids=[sighting.event_id for sighting in sightings],
            observer_ids=[sighting.person.observer.observer_id for sighting in sightings],
            public_ids=[sighting.public_id for sighting in sightings],
            counts=[report.individual_count for report in reports],
            means=[_text(report.establishment_means) for report in reports],
            notes=[report.note for report in reports],
            submitted_ats=[sighting.submitted_at for sighting in sightings],
        )

    def _add_photos(self, sightings: Sequence[Sighting]) -> None:
        photos = [
            (sighting.report.occurrence_id, position, upload.sha256, sighting.person.consent)
            for sighting in sightings
            for position, upload in enumerate(sighting.uploads, start=1)
        ]
        self._ask(
            "add_photos",
            occurrence_ids=[photo[0] for photo in photos],
            positions=[photo[1] for photo in photos],
            hashes=[photo[2] for photo in photos],
            licences=[str(photo[3].photo_licence) for photo in photos],
        )

    def _add_checks(self, sightings: Sequence[Sighting]) -> None:
        checks = [
            (sighting.report.occurrence_id, check)
            for sighting in sightings
            for check in sighting.checks
        ]
        self._ask(
            "add_checks",
            occurrence_ids=[occurrence_id for occurrence_id, _ in checks],
            codes=[check.code for _, check in checks],
            flags=[check.is_flag for _, check in checks],
            details=[check.details for _, check in checks],
        )

    def add_names(self, names: Sequence[Name]) -> None:
        """Add names of sightings."""
        self._ask(
            "add_names",
            identification_ids=[name.identification_id for name in names],
            occurrence_ids=[name.occurrence_id for name in names],
            taxon_ids=[name.taxon_id for name in names],
            verbatim_names=[name.verbatim_name for name in names],
            group_codes=[_text(name.group_code) for name in names],
            observer_ids=[name.observer_id for name in names],
            staff_ids=[name.staff_id for name in names],
            identified_ats=[name.identified_at for name in names],
        )

    def add_reviews(self, reviews: Sequence[Review]) -> None:
        """Add the current state of each subject."""
        self._ask(
            "add_reviews",
            subject_ids=[review.subject_id for review in reviews],
            kinds=[str(review.kind) for review in reviews],
            observer_ids=[review.observer_id for review in reviews],
            submitted_ats=[review.submitted_at for review in reviews],
            verification_statuses=[str(review.verification_status) for review in reviews],
            release_statuses=[str(review.release_status) for review in reviews],
            decision_ids=[review.decision_id for review in reviews],
            waiting=[review.is_waiting for review in reviews],
            waiting_sinces=[review.waiting_since for review in reviews],
        )
        self._ask("weigh_reviews")

    def add_decisions(self, decisions: Sequence[Decision]) -> None:
        """Add decisions."""
        self._ask(
            "add_decisions",
            decision_ids=[decision.decision_id for decision in decisions],
            subject_ids=[decision.subject_id for decision in decisions],
            verdicts=[str(decision.verdict) for decision in decisions],
            verification_statuses=[str(decision.verification_status) for decision in decisions],
            release_statuses=[str(decision.release_status) for decision in decisions],
            waiting=[decision.is_waiting for decision in decisions],
            reasons=[_text(decision.reason) for decision in decisions],
            messages=[decision.message for decision in decisions],
            rules_out=[decision.rules_out_sensitive for decision in decisions],
            staff_ids=[decision.decided_by_staff for decision in decisions],
            observer_ids=[decision.decided_by_observer for decision in decisions],
            previous_ids=[decision.previous_decision_id for decision in decisions],
            decided_ats=[decision.decided_at for decision in decisions],
        )

    def add_log(self, entries: Sequence[LogEntry]) -> None:
        """Add entries of the log, of before those that are there."""
        self._ask("forget_seals")
        self._ask(
            "add_log",
            entry_ids=[entry.entry_id for entry in entries],
            actions=[entry.action for entry in entries],
            subject_ids=[entry.subject_id for entry in entries],
            observer_ids=[entry.person.observer_id for entry in entries],
            staff_ids=[entry.person.staff_id for entry in entries],
            details=[_json(entry.details) for entry in entries],
            logged_ats=[entry.logged_at for entry in entries],
        )


def _json(details: Mapping[str, object]) -> str:
    return json.dumps(details, ensure_ascii=False, default=str)


def _text(word: str | None) -> str | None:
    """A word of a list as plain text: drivers do not accept `StrEnum` in an array."""
    return None if word is None else str(word)
