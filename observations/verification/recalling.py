"""Back to the desk, at the front: others doubt what was decided."""

from datetime import datetime, timedelta
from uuid import UUID

from observations.base.ids import new_id
from observations.base.roles import NOBODY
from observations.log.entries import LogEntry
from observations.verification.decisions import Decision, Verdict
from observations.verification.statuses import ReleaseStatus, VerificationStatus
from observations.verification.store import Transaction


def recall(tx: Transaction, subject_id: UUID, now: datetime) -> bool:
    """Put a released subject before all that wait; nothing else of it changes.

    False where it waits already, waits for its observer's answer, or is not released. Undoing it,
    or deciding on it anew, ends it. `now` is aware.
    """
    review = tx.verification.review(subject_id)
    if review is None or review.is_waiting or review.release_status is not ReleaseStatus.RELEASED:
        return False
    if review.verification_status is VerificationStatus.QUERIED:
        return False
    latest = tx.verification.decision(review.decision_id) if review.decision_id else None
    decision = Decision(
        decision_id=new_id(now),
        subject_id=subject_id,
        verdict=Verdict.RECALL,
        verification_status=review.verification_status,
        release_status=review.release_status,
        is_waiting=True,
        reason=None,
        message="",
        rules_out_sensitive=latest is not None and latest.rules_out_sensitive,
        decided_by_staff=None,
        decided_by_observer=None,
        previous_decision_id=review.decision_id,
        decided_at=now,
    )
    first = tx.verification.first_waiting_since()
    front = min(first - timedelta(seconds=1), now) if first else now
    tx.verification.add_decision(decision, front)
    tx.log.add(LogEntry(f"{review.kind}.recalled", subject_id, NOBODY, now))
    return True
