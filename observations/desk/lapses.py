"""Questions that were not answered in time: their records wait at the desk again."""

from datetime import datetime
from uuid import UUID

from observations.actions.deciding import record_decision as decide_on_action
from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import NOBODY
from observations.desk.store import Store
from observations.occurrences.deciding import record_decision as decide_on_sighting
from observations.verification.decisions import DecisionRequest, Kind, Verdict
from observations.verification.patience import PATIENCE

AT_ONCE = 100


def end_old_questions(store: Store, now: datetime) -> int:
    """Bring back to the desk what was asked `PATIENCE` ago without an answer; gives their number.

    Nobody decides it away: a verifier looks again at what is there. `now` is aware.
    """
    subjects = store.desk.asked_before(now - PATIENCE, AT_ONCE)
    return sum(_end(store, subject_id, now) for subject_id in subjects)


@retried
def _end(store: Store, subject_id: UUID, now: datetime) -> int:
    with store.transaction() as tx:
        review = tx.verification.review(subject_id)
        if review is None:
            return 0
        request = DecisionRequest(subject_id, Verdict.LAPSE, NOBODY, review.decision_id)
        try:
            if review.kind is Kind.ACTION:
                decide_on_action(tx, request, now)
            else:
                decide_on_sighting(tx, request, now)
        except Refused:  # answered, or decided on, since it was looked for
            return 0
    return 1
