"""Decisions at the desk on an action."""

from dataclasses import replace
from datetime import datetime

from observations.actions.allowance import count_of
from observations.actions.entries import ActionEntry
from observations.actions.store import Store, Transaction
from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.points.awarding import award, reverse
from observations.points.postings import CauseKind
from observations.verification.decisions import Award, Decision, DecisionRequest, Review
from observations.verification.settling import settle
from observations.verification.statuses import ReleaseStatus, VerificationStatus


@retried
def decide(store: Store, request: DecisionRequest, now: datetime) -> Decision:
    """Store the decision and, in the same transaction, pay the full points or reverse them.

    `now` is aware. Raises `Refused` as `settle` does, `action.unknown_entry`, and
    `decision.not_possible` for an entry that never went to the desk.
    """
    with store.transaction() as tx:
        return record_decision(tx, request, now)


def record_decision(tx: Transaction, request: DecisionRequest, now: datetime) -> Decision:
    """Decide inside a transaction. Raises `Refused` as `decide` does."""
    entry = tx.actions.entry(request.subject_id)
    if entry is None:
        raise Refused("action.unknown_entry")
    if not entry.waits:
        raise Refused("decision.not_possible")
    before = tx.verification.review(request.subject_id)
    if before and not _stands(before):
        entry = _counted_again(tx, entry)
    decision = settle(tx, request, now)
    if before and _stands(decision) and not _stands(before):
        tx.actions.recount(entry)
    _move_points(tx, entry, decision, now)
    return decision


def cause_of(entry: ActionEntry) -> CauseKind:
    """The cause under which an entry's points are posted."""
    if entry.code_id:
        return CauseKind.CODE
    return CauseKind.ACTION if entry.has_photo else CauseKind.SELF_REPORT


def _stands(state: Review | Decision) -> bool:
    """Whether an entry in this state fills its day, as in the view `standing_action_entry`."""
    status, release = state.verification_status, state.release_status
    is_withdrawn = status is VerificationStatus.UNCONFIRMED and release is ReleaseStatus.WITHHELD
    return not is_withdrawn and status not in (
        VerificationStatus.NOT_ACCEPTED_INCORRECT,
        VerificationStatus.NOT_ACCEPTED_UNABLE_TO_VERIFY,
    )


def _counted_again(tx: Transaction, entry: ActionEntry) -> ActionEntry:
    """An entry that was out of its day, by what others have filled of it since.

    A code's points are its own; only the kilograms have the day's limits.
    """
    versions = tx.actions.versions(entry.action_code)
    action = next(v.action for v in versions if v.action.version == entry.action_version)
    has_evidence = entry.has_photo or entry.code_id is not None
    counted = count_of(
        tx, action, entry.activity_data, entry.observer_id, entry.done_on, has_evidence=has_evidence
    )
    entry = replace(entry, avoided_kg_co2e=counted.avoided_kg_co2e)
    if entry.code_id:
        return entry
    return replace(entry, full_points=counted.full_points, points=counted.points)


def _move_points(tx: Transaction, entry: ActionEntry, decision: Decision, now: datetime) -> None:
    entry_id = entry.action_entry_id
    if decision.award is Award.TAKE:
        reverse(tx, cause_of(entry), entry_id, now)
    elif decision.award is Award.GIVE and entry.points:
        award(
            tx, entry.observer_id, cause_of(entry), entry_id, entry.points, now,
            earned_on=day_of(entry.logged_at), is_demo=entry.is_demo,
        )  # fmt: skip
