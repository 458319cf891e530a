"""Decisions at the desk on an action."""

from datetime import datetime

from observations.actions.entries import ActionEntry
from observations.actions.store import Store, Transaction
from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.points.awarding import award, reverse
from observations.points.postings import CauseKind
from observations.verification.decisions import Award, Decision, DecisionRequest
from observations.verification.settling import settle


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
    decision = settle(tx, request, now)
    _move_points(tx, entry, decision, now)
    return decision


def cause_of(entry: ActionEntry) -> CauseKind:
    """The cause under which an entry's points are posted."""
    if entry.code_id:
        return CauseKind.CODE
    return CauseKind.ACTION if entry.has_photo else CauseKind.SELF_REPORT


def _move_points(tx: Transaction, entry: ActionEntry, decision: Decision, now: datetime) -> None:
    entry_id = entry.action_entry_id
    if decision.award is Award.TAKE:
        reverse(tx, cause_of(entry), entry_id, now)
    elif decision.award is Award.GIVE and entry.points:
        award(
            tx, entry.observer_id, cause_of(entry), entry_id, entry.points, now,
            earned_on=day_of(entry.logged_at), is_demo=entry.is_demo,
        )  # fmt: skip
