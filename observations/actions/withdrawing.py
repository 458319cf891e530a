"""Withdrawing an action that one logged oneself: it stays in the log, and counts no more."""

from datetime import datetime
from uuid import UUID

from observations.actions.deciding import cause_of
from observations.actions.entries import ActionEntry
from observations.actions.store import Store, Transaction
from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person
from observations.points.awarding import reverse
from observations.verification.decisions import Decision, DecisionRequest, Kind, Verdict
from observations.verification.settling import settle


@retried
def withdraw(store: Store, action_entry_id: UUID, person: Person, now: datetime) -> Decision:
    """Withdraw an action that `person` logged, and reverse its points.

    It no longer counts for the kilograms avoided and the day's limits. `now` is aware. Raises
    `Refused`: `action.unknown_entry`, `decision.not_yours`, `decision.not_possible` (withdrawn
    before).
    """
    with store.transaction() as tx:
        return record_withdrawal(tx, action_entry_id, person, now)


def record_withdrawal(
    tx: Transaction, action_entry_id: UUID, person: Person, now: datetime
) -> Decision:
    """Withdraw inside a transaction. Raises `Refused` as `withdraw` does."""
    entry = tx.actions.entry(action_entry_id)
    if entry is None:
        raise Refused("action.unknown_entry")
    if entry.observer_id != person.observer_id:
        raise Refused("decision.not_yours")
    decision = settle(tx, _request(tx, entry, person, now), now)
    reverse(tx, cause_of(entry), action_entry_id, now)
    return decision


def _request(tx: Transaction, entry: ActionEntry, person: Person, now: datetime) -> DecisionRequest:
    """The withdrawal as a decision.

    An entry that never went to the desk has no review, so one is opened for it: its withdrawal is
    then recorded as every other decision is.
    """
    review = tx.verification.review(entry.action_entry_id)
    if review is None:
        tx.verification.open(
            entry.action_entry_id, Kind.ACTION, entry.observer_id, now, entry.is_demo
        )
    latest_id = review.decision_id if review else None
    return DecisionRequest(entry.action_entry_id, Verdict.WITHDRAW, person, latest_id)
