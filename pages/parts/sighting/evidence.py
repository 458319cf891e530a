"""The evidence about one subject: photos, checks, names, decisions, its observer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


def evidence_of(review: Review, subjects: Subjects) -> Evidence:
    """The evidence about one of the subjects."""
    if review.kind is Kind.ACTION:
        return _of_action(review, subjects.entries.get(review.subject_id))
    occurrences = store().occurrences
    sighting, taxon = subjects.sightings.get(review.subject_id, (None, None))
    return Evidence(
        review=review,
        sighting=sighting,
        entry=None,
        action=None,
        taxon=taxon,
        photos=occurrences.photographs(review.subject_id),
        checks=occurrences.checks(review.subject_id),
        history=store().verification.history(review.subject_id),
        track=_track(review.observer_id),
    )


def _of_action(review: Review, entry: ActionEntry | None) -> Evidence:
    return Evidence(
        review=review,
        sighting=None,
        entry=entry,
        action=store().actions.current(entry.action_code, entry.done_on) if entry else None,
        taxon=None,
        photos=_photographs(entry.photo_sha256 if entry else None),
        checks=[],
        history=store().verification.history(review.subject_id),
        track=_track(review.observer_id),
    )


def _photographs(sha256: str | None) -> list[Photograph]:
    """The photo of an action, with its pixels as it was received."""
    if sha256 is None:
        return []
    return [Photograph(sha256, "", store().occurrences.sizes([sha256]).get(sha256))]


def _track(observer_id: UUID | None) -> TrackRecord | None:
    return store().occurrences.track_record(observer_id) if observer_id else None
