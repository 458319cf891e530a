"""Decisions on a sighting.

One transaction writes the decision, the statuses, the name, the points and the public map.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.text import clean_text
from observations.occurrences.generalised_photos import show_photos
from observations.occurrences.occurrence import public_place
from observations.occurrences.report import NAME_LENGTH
from observations.occurrences.sighting_points import points_of
from observations.occurrences.store import Store, Transaction
from observations.points.awarding import award, reverse
from observations.verification.decisions import Award, Decision, DecisionRequest, Kind, Verdict
from observations.verification.settling import settle
from observations.verification.statuses import ReleaseStatus


@dataclass(frozen=True)
class NewName:
    """A name given with a decision: a taxon of the checklist, or free text."""

    taxon_id: UUID | None
    verbatim_name: str = ""
    group_code: str | None = None


@retried
def decide(
    store: Store, request: DecisionRequest, now: datetime, name: NewName | None = None
) -> Decision:
    """Decide in one transaction; errors as `record_decision`."""
    with store.transaction() as tx:
        return record_decision(tx, request, now, name)


def record_decision(
    tx: Transaction, request: DecisionRequest, now: datetime, name: NewName | None = None
) -> Decision:
    """Store the decision and the name, change the points, publish or unpublish.

    A verifier may give a name with 属实 or 可能, an observer with a correction. Raises `Refused`:
    those of `settle`, `decision.unknown_subject`, `decision.sealed`, `taxon.unknown`,
    `decision.name_not_possible`.
    """
    owner = tx.occurrences.owner_of(request.subject_id)
    if owner is None:
        raise Refused("decision.unknown_subject")
    decision = settle(tx, request, now, _needs_second_look(tx, request, name))
    _require_unsealed(tx, decision)
    if name:
        _rename(tx, request, name, now)
    follow(tx, decision, owner[0], now)
    return decision


def _needs_second_look(tx: Transaction, request: DecisionRequest, name: NewName | None) -> bool:
    """Whether somebody else should look too: a person accepts what is new to its district.

    Not where there is nobody else. A sensitive taxon, whose place is shown roughly, may wait for a
    second look where its district has it already.
    """
    is_persons = request.verdict is Verdict.ACCEPT and request.person.staff_id is not None
    if not is_persons or (name and name.taxon_id is None):
        return False
    return tx.occurrences.needs_second_look(request.subject_id, name.taxon_id if name else None)


def follow(tx: Transaction, decision: Decision, observer_id: UUID | None, now: datetime) -> None:
    """Give or take the points that follow from a decision on a sighting; publish or unpublish."""
    _post(tx, decision, observer_id, now)
    publish(tx, decision.subject_id)


def _require_unsealed(tx: Transaction, decision: Decision) -> None:
    """Refuse to release a possible new record while its case is open."""
    if decision.release_status is not ReleaseStatus.RELEASED:
        return
    if tx.occurrences.is_sealed(decision.subject_id):
        raise Refused("decision.sealed")


def _rename(tx: Transaction, request: DecisionRequest, name: NewName, now: datetime) -> None:
    if request.verdict not in (Verdict.ACCEPT, Verdict.PLAUSIBLE, Verdict.CORRECT):
        raise Refused("decision.name_not_possible")
    if name.taxon_id and tx.occurrences.taxon_facts(name.taxon_id) is None:
        raise Refused("taxon.unknown", "taxon_id")
    by_observer = request.verdict is Verdict.CORRECT
    tx.occurrences.identify(
        request.subject_id,
        name.taxon_id,
        clean_text(name.verbatim_name, "name", NAME_LENGTH),
        name.group_code,
        request.person.observer_id if by_observer else None,
        None if by_observer else request.person.staff_id,
        now,
    )


def _post(tx: Transaction, decision: Decision, observer_id: UUID | None, now: datetime) -> None:
    if observer_id is None:
        return
    if decision.award is Award.GIVE:
        review = tx.verification.review(decision.subject_id)
        sent_on = day_of(review.submitted_at) if review else None
        points = _points(tx, decision.subject_id, observer_id)
        if points:
            award(
                tx, observer_id, Kind.OCCURRENCE, decision.subject_id, points, now,
                earned_on=sent_on,
            )  # fmt: skip
    elif decision.award is Award.TAKE:
        reverse(tx, Kind.OCCURRENCE, decision.subject_id, now)


def _points(tx: Transaction, occurrence_id: UUID, observer_id: UUID) -> int:
    sighting = tx.occurrences.on_its_day(occurrence_id)
    if sighting is None:
        return 0
    return points_of(sighting, tx.occurrences.paid_on(observer_id, sighting.day))


def publish(tx: Transaction, occurrence_id: UUID) -> None:
    """Make the sighting's row of the projection equal to that of the view `public_occurrence`.

    With it what generalised sightings with a like photo show.
    """
    row = tx.occurrences.public_view(occurrence_id)
    if row is None:
        tx.occurrences.unpublish(occurrence_id)
    else:
        tx.occurrences.publish(occurrence_id, public_place(*row))
    photos = [sha256 for sha256, _licence in tx.occurrences.photos(occurrence_id)]
    if photos:
        show_photos(tx, photos, [occurrence_id] if row and row[2] else [])
