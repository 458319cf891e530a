"""Settling a decision: whether this person may make it now on this subject, and what follows."""

from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import NOBODY, Person, require
from observations.base.text import clean_text
from observations.log.entries import AFTER, BEFORE, LogEntry
from observations.verification.decisions import (
    OBSERVER_VERDICTS,
    Decision,
    DecisionRequest,
    Review,
    Verdict,
    rejected_status,
)
from observations.verification.statuses import ReleaseStatus, VerificationStatus
from observations.verification.store import Transaction

MESSAGE_LENGTH = 500
NOT_UNDONE = OBSERVER_VERDICTS | {Verdict.UNDO, Verdict.LAPSE}
State = tuple[VerificationStatus, ReleaseStatus, bool]


def settle(
    tx: Transaction, request: DecisionRequest, now: datetime, needs_second_look: bool = False
) -> Decision:
    """Store the decision and the subject's new state. The caller sees to points and publication.

    What the first of two accepts goes on waiting for the second where it `needs_second_look`.
    Raises `Refused`: `decision.unknown_subject`, `decision.stale` (the state has changed since
    `expected_decision_id`), `role.may_not`, `decision.own_record`, `decision.not_yours`,
    `decision.reason_missing`, `decision.message_missing`, `decision.not_possible`, `text.…`.
    """
    review = tx.verification.review(request.subject_id)
    if review is None:
        raise Refused("decision.unknown_subject")
    if review.decision_id != request.expected_decision_id:
        raise Refused("decision.stale")
    _require_right(tx, review, request)
    status, release, waits = _state_after(tx, review, request)
    if needs_second_look and request.verdict is Verdict.ACCEPT:
        waits = status is not VerificationStatus.ACCEPTED_CORRECT
    decision = Decision(
        decision_id=new_id(now),
        subject_id=review.subject_id,
        verdict=request.verdict,
        verification_status=status,
        release_status=release,
        is_waiting=waits,
        reason=request.reason,
        message=clean_text(request.message, "message", MESSAGE_LENGTH),
        rules_out_sensitive=_rules_out(tx, review, request),
        decided_by_staff=None if _is_observers(request) else request.person.staff_id,
        decided_by_observer=request.person.observer_id if _is_observers(request) else None,
        previous_decision_id=review.decision_id,
        decided_at=now,
        batch_id=request.batch_id,
    )
    tx.verification.add_decision(
        decision, review.waiting_since if _keeps_place(review, request) else now
    )
    if decision.is_waiting:  # for somebody else, who does not wait until a lease is over
        tx.verification.end_lease(review.subject_id)
    tx.log.add(_entry(review, decision, request.person, now))
    return decision


def _is_observers(request: DecisionRequest) -> bool:
    return request.verdict in OBSERVER_VERDICTS


def _keeps_place(review: Review, request: DecisionRequest) -> bool:
    # A decision on a waiting subject keeps the time since when it waits, so that undoing the
    # decision puts it back to the same place in the queue.
    return review.is_waiting or request.verdict is Verdict.UNDO


def _require_right(tx: Transaction, review: Review, request: DecisionRequest) -> None:
    person = request.person
    if request.verdict is Verdict.LAPSE:
        if person != NOBODY:
            raise Refused("role.may_not")
        return
    if _is_observers(request):
        if person.observer_id is None or person.observer_id != review.observer_id:
            raise Refused("decision.not_yours")
        return
    require(person, "verify")
    if review.observer_id and _is_own(tx, review.observer_id, person):
        raise Refused("decision.own_record")


def _is_own(tx: Transaction, observer_id: UUID, person: Person) -> bool:
    if person.observer_id == observer_id:
        return True
    staff_id = person.staff_id
    return staff_id is not None and observer_id in tx.people.observers_of_staff(staff_id)


def _state_after(tx: Transaction, review: Review, request: DecisionRequest) -> State:
    """The state that follows; each verdict has a function below."""
    if request.verdict not in _RULES:
        raise Refused("decision.not_possible")
    return _RULES[request.verdict](tx, review, request)


def _accept(tx: Transaction, review: Review, request: DecisionRequest) -> State:
    status = VerificationStatus.ACCEPTED_CONSIDERED_CORRECT
    if _accepted_by_another(tx, review, request.person):
        status = VerificationStatus.ACCEPTED_CORRECT
    return status, ReleaseStatus.RELEASED, False


def _accepted_by_another(tx: Transaction, review: Review, person: Person) -> bool:
    """Whether another verifier accepted it before: only then does it become `accepted_correct`."""
    latest = tx.verification.decision(review.decision_id) if review.decision_id else None
    if latest and latest.verdict is Verdict.RECALL and latest.previous_decision_id:
        latest = tx.verification.decision(latest.previous_decision_id)
    return (
        latest is not None
        and latest.verdict is Verdict.ACCEPT
        and latest.decided_by_staff not in (None, person.staff_id)
    )


def _plausible(tx: Transaction, review: Review, request: DecisionRequest) -> State:
    return VerificationStatus.PLAUSIBLE, ReleaseStatus.RELEASED, False


def _reject(tx: Transaction, review: Review, request: DecisionRequest) -> State:
    if request.reason is None:
        raise Refused("decision.reason_missing", "reason")
    return rejected_status(request.reason), ReleaseStatus.WITHHELD, False


def _withhold(tx: Transaction, review: Review, request: DecisionRequest) -> State:
    return review.verification_status, ReleaseStatus.WITHHELD, False


def _query(tx: Transaction, review: Review, request: DecisionRequest) -> State:
    if not request.message.strip():
        raise Refused("decision.message_missing", "message")
    return VerificationStatus.QUERIED, review.release_status, False


def _answer(tx: Transaction, review: Review, request: DecisionRequest) -> State:
    if review.verification_status is not VerificationStatus.QUERIED:
        raise Refused("decision.not_possible")
    if not request.message.strip():
        raise Refused("decision.message_missing", "message")
    return VerificationStatus.ANSWERED, review.release_status, True


def _lapse(tx: Transaction, review: Review, request: DecisionRequest) -> State:
    """Back to the desk, as if it had just come: somebody decides by what is there."""
    if review.verification_status is not VerificationStatus.QUERIED:
        raise Refused("decision.not_possible")
    return VerificationStatus.UNCONFIRMED, ReleaseStatus.PENDING, True


def _correct(tx: Transaction, review: Review, request: DecisionRequest) -> State:
    if _is_withdrawn(tx, review):
        raise Refused("decision.not_possible")
    return VerificationStatus.UNCONFIRMED, ReleaseStatus.PENDING, True


def _withdraw(tx: Transaction, review: Review, request: DecisionRequest) -> State:
    if _is_withdrawn(tx, review):
        raise Refused("decision.not_possible")
    return VerificationStatus.UNCONFIRMED, ReleaseStatus.WITHHELD, False


def _undo(tx: Transaction, review: Review, request: DecisionRequest) -> State:
    """The state before the latest decision, which must be of staff, of a rule, or a recall."""
    latest = tx.verification.decision(review.decision_id) if review.decision_id else None
    if latest is None or latest.verdict in NOT_UNDONE:
        raise Refused("decision.not_possible")
    before = latest.previous_decision_id
    earlier = tx.verification.decision(before) if before else None
    if earlier is None:
        return VerificationStatus.UNCONFIRMED, ReleaseStatus.PENDING, True
    return earlier.verification_status, earlier.release_status, earlier.is_waiting


def _is_withdrawn(tx: Transaction, review: Review) -> bool:
    latest = tx.verification.decision(review.decision_id) if review.decision_id else None
    return latest is not None and latest.verdict is Verdict.WITHDRAW


def _rules_out(tx: Transaction, review: Review, request: DecisionRequest) -> bool:
    """Whether sensitive taxa are ruled out, which only a verifier can do.

    A question leaves it unchanged; an undo restores the earlier value.
    """
    if request.verdict in (Verdict.ACCEPT, Verdict.PLAUSIBLE):
        return request.rules_out_sensitive
    latest = tx.verification.decision(review.decision_id) if review.decision_id else None
    if latest and request.verdict is Verdict.UNDO:
        before = latest.previous_decision_id
        latest = tx.verification.decision(before) if before else None
    return latest is not None and latest.rules_out_sensitive


_RULES = {
    Verdict.ACCEPT: _accept,
    Verdict.PLAUSIBLE: _plausible,
    Verdict.REJECT: _reject,
    Verdict.WITHHOLD: _withhold,
    Verdict.QUERY: _query,
    Verdict.ANSWER: _answer,
    Verdict.CORRECT: _correct,
    Verdict.WITHDRAW: _withdraw,
    Verdict.UNDO: _undo,
    Verdict.LAPSE: _lapse,
}


def _entry(review: Review, decision: Decision, person: Person, now: datetime) -> LogEntry:
    details: dict[str, object] = {
        "verdict": decision.verdict,
        BEFORE: review.verification_status,
        AFTER: decision.verification_status,
        "release_status": decision.release_status,
        "reason": decision.reason,
    }
    if decision.batch_id:  # of a wall; of a rule, where nobody decided
        details |= {"batch": str(decision.batch_id), "is_automatic": decision.is_automatic}
    return LogEntry(f"{review.kind}.decided", review.subject_id, person, now, details)
