"""The evidence about one subject: photos, checks, names, decisions, its observer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from observations.actions.catalogue import Action
from observations.actions.entries import ActionEntry
from observations.occurrences.occurrence import Check, Occurrence, Photograph, TrackRecord
from observations.taxa.taxon import Taxon
from observations.verification.decisions import Decision, Kind, Review
from observations.verification.history import HistoryLine
from pages.parts.runtime import store


@dataclass(frozen=True)
class Evidence:
    """What the desk and the record's page show: a sighting, or an action with its photo."""

    review: Review
    sighting: Occurrence | None
    entry: ActionEntry | None
    action: Action | None
    taxon: Taxon | None
    photos: list[Photograph]
    checks: list[Check]
    history: list[HistoryLine]
    track: TrackRecord | None

    @property
    def subject_id(self) -> UUID:
        """The sighting's or the action's id."""
        return self.review.subject_id

    @property
    def is_unnamed(self) -> bool:
        """Whether it is a sighting not named to species.

        Its place stays approximate unless a verifier rules sensitive taxa out.
        """
        return self.sighting is not None and self.sighting.taxon_id is None


@dataclass(frozen=True)
class Subjects:
    """Sightings with their taxa and actions, read together, by their ids."""

    sightings: Mapping[UUID, tuple[Occurrence, Taxon | None]]
    entries: Mapping[UUID, ActionEntry]

    def sighting(self, subject_id: UUID) -> Occurrence | None:
        """The sighting with this id."""
        sighting, _taxon = self.sightings.get(subject_id, (None, None))
        return sighting


def subjects_of(reviews: Sequence[Review], decision: Decision | None = None) -> Subjects:
    """The subjects of these reviews, and of a decision beside them."""
    others = {decision.subject_id} if decision else set()
    sightings = {one.subject_id for one in reviews if one.kind is Kind.OCCURRENCE} | others
    entries = {one.subject_id for one in reviews if one.kind is Kind.ACTION}
    return Subjects(
        store().occurrences.occurrences_with(sorted(sightings)),
        store().actions.entries_with(sorted(entries)),
    )


def evidence_of(reviews: Sequence[Review], subjects: Subjects) -> list[Evidence]:
    """The evidence about some of the subjects, each kind of it read at once.

    The history is that of the first, which lies open.
    """
    ids = [review.subject_id for review in reviews]
    sightings = [one for one in ids if one in subjects.sightings]
    entries = [subjects.entries[one] for one in ids if one in subjects.entries]
    observers = {review.observer_id for review in reviews if review.observer_id}
    occurrences = store().occurrences
    material = _Material(
        subjects,
        occurrences.photographs_with(sightings) if sightings else {},
        occurrences.checks_with(sightings) if sightings else {},
        occurrences.track_records(observers),
        store().actions.versions_on({(one.action_code, one.done_on) for one in entries}),
    )
    histories = [store().verification.history(ids[0]), *([] for _ in ids[1:])] if ids else []
    return [material.of(review, lines) for review, lines in zip(reviews, histories, strict=True)]


@dataclass(frozen=True)
class _Material:
    subjects: Subjects
    photos: Mapping[UUID, list[Photograph]]
    checks: Mapping[UUID, list[Check]]
    tracks: Mapping[UUID, TrackRecord]
    actions: Mapping[tuple[str, date], Action]

    def of(self, review: Review, history: list[HistoryLine]) -> Evidence:
        subject_id = review.subject_id
        sighting, taxon = self.subjects.sightings.get(subject_id, (None, None))
        entry = self.subjects.entries.get(subject_id)
        sha256 = entry.photo_sha256 if entry else None
        own = [Photograph(sha256, "", None)] if sha256 else []
        return Evidence(
            review=review,
            sighting=sighting,
            entry=entry,
            action=self.actions.get((entry.action_code, entry.done_on)) if entry else None,
            taxon=taxon,
            photos=self.photos.get(subject_id, own),
            checks=self.checks.get(subject_id, []),
            history=history,
            track=self.tracks.get(review.observer_id) if review.observer_id else None,
        )
