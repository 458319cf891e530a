"""Many sightings accepted together, in one transaction, by the rules of single decisions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.desk.seen import Seen, Together
from observations.desk.store import Store, Transaction
from observations.occurrences.deciding import record_decision
from observations.verification.decisions import DecisionRequest, Verdict

MOST = 100  # of one transaction, while which nobody else can write


@retried
def accept_together(
    store: Store, person: Person, sightings: Sequence[Seen], now: datetime
) -> Together:
    """Accept sightings that wait, all in one transaction.

    One is left as it is, and named, where it was decided since or does not wait
    (`decision.stale`), where another verifier looks at it (`decision.leased`), and where `settle`
    would refuse it. `now` is aware. Raises `Refused("role.may_not")`.
    """
    require(person, "verify")
    batch_id = new_id(now)
    with store.transaction() as tx:
        subject_ids = [one.subject_id for one in sightings]
        others = tx.desk.looked_at_by_others(subject_ids, person.staff_id, now)
        left: dict[UUID, str] = {}
        for one in sightings:
            try:
                if one.subject_id in others:
                    raise Refused("decision.leased")
                _accept(tx, person, one, batch_id, now)
            except Refused as refused:  # before anything of this sighting was written
                left[one.subject_id] = refused.code
    done = tuple(subject_id for subject_id in subject_ids if subject_id not in left)
    return Together(batch_id, done, left)


def _accept(tx: Transaction, person: Person, one: Seen, batch_id: UUID, now: datetime) -> None:
    review = tx.verification.review(one.subject_id)
    if review is None or not review.is_waiting:
        raise Refused("decision.stale")
    if tx.occurrences.is_sealed(one.subject_id):
        raise Refused("decision.sealed")
    request = DecisionRequest(
        one.subject_id, Verdict.ACCEPT, person, one.decision_id, batch_id=batch_id
    )
    record_decision(tx, request, now)


@retried
def undo_together(
    store: Store, person: Person, batch_id: UUID, now: datetime, limit: int = MOST
) -> Together:
    """Take back the decisions of a batch that still stand, at most `limit` of them.

    What somebody has decided again since stays. `now` is aware. Raises `Refused("role.may_not")`.
    """
    require(person, "verify")
    with store.transaction() as tx:
        standing = tx.desk.standing(batch_id, limit)
        left: dict[UUID, str] = {}
        for one in standing:
            request = DecisionRequest(one.subject_id, Verdict.UNDO, person, one.decision_id)
            try:
                record_decision(tx, request, now)
            except Refused as refused:
                left[one.subject_id] = refused.code
    done = tuple(one.subject_id for one in standing if one.subject_id not in left)
    return Together(batch_id, done, left)
