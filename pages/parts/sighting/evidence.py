"""The evidence of one subject, gathered: photos, checks, names, decisions, its person."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from observations.actions.catalogue import Action
from observations.actions.entries import ActionEntry
from observations.occurrences.occurrence import Check, Occurrence
from observations.taxa.taxon import Taxon
from observations.verification.decisions import Decision, Kind, Review
from pages.parts.runtime import store


@dataclass(frozen=True)
class Photograph:
    """A photo by its SHA-256, its licence, and its pixels as they were received."""

    sha256: str
    licence: str
    pixels: tuple[int, int] | None


@dataclass(frozen=True)
class Track:
    """How many sightings an observer sent, and how many of them a verifier accepted."""

    nickname: str
    sent: int
    accepted: int


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
    names: list[Any]
    decisions: list[Decision]
    track: Track | None

    @property
    def subject_id(self) -> UUID:
        """The sighting's or the action's id."""
        return self.review.subject_id

    @property
    def is_unnamed(self) -> bool:
        """Whether it is a sighting not named to species: the place stays rough unless a verifier
        rules sensitive taxa out."""
        return self.sighting is not None and self.sighting.taxon_id is None


def evidence_of(review: Review) -> Evidence:
    """Everything about one subject."""
    if review.kind is Kind.ACTION:
        return _of_action(review)
    kept = store().occurrences
    sighting = kept.occurrence(review.subject_id)
    taxon_id = sighting.taxon_id if sighting else None
    return Evidence(
        review=review,
        sighting=sighting,
        entry=None,
        action=None,
        taxon=store().taxa.taxon(taxon_id) if taxon_id else None,
        photos=photographs(kept.photos(review.subject_id)),
        checks=kept.checks(review.subject_id),
        names=kept.names(review.subject_id),
        decisions=store().verification.decisions(review.subject_id),
        track=_track(review.observer_id),
    )


def _of_action(review: Review) -> Evidence:
    entry = store().actions.entry(review.subject_id)
    action = store().actions.current(entry.action_code, entry.done_on) if entry else None
    shown = [(entry.photo_sha256, "")] if entry and entry.photo_sha256 else []
    return Evidence(
        review=review,
        sighting=None,
        entry=entry,
        action=action,
        taxon=None,
        photos=photographs(shown),
        checks=[],
        names=[],
        decisions=store().verification.decisions(review.subject_id),
        track=_track(review.observer_id),
    )


def photographs(shown: list[tuple[str, str]]) -> list[Photograph]:
    """Photos with their size in pixels as it was received."""
    sizes = store().occurrences.sizes([sha256 for sha256, _ in shown]) if shown else {}
    return [Photograph(sha256, licence, sizes.get(sha256)) for sha256, licence in shown]


def _track(observer_id: UUID | None) -> Track | None:
    observer = store().people.observer(observer_id) if observer_id else None
    if observer is None:
        return None
    sent, accepted = store().occurrences.track_record(observer.observer_id)
    return Track(observer.nickname, sent, accepted)
