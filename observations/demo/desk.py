"""The decisions of the demo's desk on each subject, and the states and points that follow.

The rules are those of `observations.verification.settling`, applied to a prepared list of steps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from observations.base.clock import day_of
from observations.demo.dice import Dice
from observations.points.postings import CITY, Posting, PostingKind, account_of
from observations.verification.decisions import (
    OBSERVER_VERDICTS,
    Award,
    Decision,
    Kind,
    Reason,
    Review,
    Verdict,
    rejected_status,
)
from observations.verification.statuses import ReleaseStatus, VerificationStatus


@dataclass(frozen=True)
class Step:
    """One decision: by staff or by the observer, when (aware), and why."""

    verdict: Verdict
    said_at: datetime
    staff_id: UUID | None = None
    reason: Reason | None = None
    message: str = ""
    rules_out_sensitive: bool = False


@dataclass(frozen=True)
class Case:
    """A subject after all decisions on it."""

    review: Review
    decisions: tuple[Decision, ...]
    postings: tuple[Posting, ...]


def opened(subject_id: UUID, kind: Kind, observer_id: UUID, submitted_at: datetime) -> Review:
    """A subject at the end of the queue."""
    return Review(
        subject_id=subject_id,
        kind=kind,
        observer_id=observer_id,
        submitted_at=submitted_at,
        verification_status=VerificationStatus.UNCONFIRMED,
        release_status=ReleaseStatus.PENDING,
        decision_id=None,
        is_waiting=True,
        waiting_since=submitted_at,
        is_demo=True,
    )


def case(review: Review, steps: Iterable[Step], points: int, dice: Dice) -> Case:
    """Apply the steps in order; `points` is what an acceptance is worth."""
    decisions: list[Decision] = []
    postings: list[Posting] = []
    for step in steps:
        decision = _decide(review, step, decisions, dice)
        review = _moved(review, decision)
        decisions.append(decision)
        postings.extend(_postings(review, decision, postings, points, dice))
    return Case(review, tuple(decisions), tuple(postings))


def _decide(review: Review, step: Step, before: Sequence[Decision], dice: Dice) -> Decision:
    is_observers = step.verdict in OBSERVER_VERDICTS
    status, release = _state(review, step, before)
    return Decision(
        decision_id=dice.id_at(step.said_at),
        subject_id=review.subject_id,
        verdict=step.verdict,
        verification_status=status,
        release_status=release,
        is_waiting=step.verdict is Verdict.ANSWER,
        reason=step.reason,
        message=step.message,
        rules_out_sensitive=step.rules_out_sensitive,
        decided_by_staff=None if is_observers else step.staff_id,
        decided_by_observer=review.observer_id if is_observers else None,
        previous_decision_id=review.decision_id,
        decided_at=step.said_at,
    )


def _state(
    review: Review, step: Step, before: Sequence[Decision]
) -> tuple[VerificationStatus, ReleaseStatus]:
    if step.verdict is Verdict.ACCEPT:
        return _accepted(step, before), ReleaseStatus.RELEASED
    if step.verdict is Verdict.PLAUSIBLE:
        return VerificationStatus.PLAUSIBLE, ReleaseStatus.RELEASED
    if step.verdict is Verdict.REJECT and step.reason:
        return rejected_status(step.reason), ReleaseStatus.WITHHELD
    if step.verdict is Verdict.QUERY:
        return VerificationStatus.QUERIED, review.release_status
    if step.verdict is Verdict.ANSWER:
        return VerificationStatus.ANSWERED, review.release_status
    if step.verdict is Verdict.WITHDRAW:
        return VerificationStatus.UNCONFIRMED, ReleaseStatus.WITHHELD
    return review.verification_status, ReleaseStatus.WITHHELD


def _accepted(step: Step, before: Sequence[Decision]) -> VerificationStatus:
    latest = before[-1] if before else None
    if latest and latest.verdict is Verdict.ACCEPT and latest.decided_by_staff != step.staff_id:
        return VerificationStatus.ACCEPTED_CORRECT
    return VerificationStatus.ACCEPTED_CONSIDERED_CORRECT


def _moved(review: Review, decision: Decision) -> Review:
    return replace(
        review,
        verification_status=decision.verification_status,
        release_status=decision.release_status,
        decision_id=decision.decision_id,
        is_waiting=decision.is_waiting,
        waiting_since=review.waiting_since if review.is_waiting else decision.decided_at,
    )


def _postings(
    review: Review, decision: Decision, before: Sequence[Posting], points: int, dice: Dice
) -> list[Posting]:
    """An award where none is in force, a reversal where one is, or nothing."""
    is_live = bool(before) and before[-1].kind is PostingKind.AWARD
    owner, moment = review.observer_id, decision.decided_at
    if decision.award is Award.GIVE and not is_live and points and owner:
        posting = award_posting(owner, str(review.kind), review.subject_id, points, moment, dice)
        return [replace(posting, idempotency_key=_key(posting, len(before)))]
    if decision.award is Award.TAKE and is_live:
        return [_reversal(before[-1], len(before), moment, dice)]
    return []


def award_posting(
    observer_id: UUID, cause_kind: str, cause_id: UUID, points: int, moment: datetime, dice: Dice
) -> Posting:
    """The first award of a cause."""
    posting = Posting(
        posting_id=dice.id_at(moment),
        idempotency_key="",
        from_account=CITY,
        to_account=account_of(observer_id),
        amount=points,
        kind=PostingKind.AWARD,
        cause_kind=cause_kind,
        cause_id=cause_id,
        observer_id=observer_id,
        earned_on=day_of(moment),
        posted_at=moment,
        is_demo=True,
    )
    return replace(posting, idempotency_key=_key(posting, 0))


def _reversal(award: Posting, turn: int, moment: datetime, dice: Dice) -> Posting:
    reversal = replace(
        award,
        posting_id=dice.id_at(moment),
        from_account=award.to_account,
        to_account=award.from_account,
        kind=PostingKind.REVERSAL,
        posted_at=moment,
    )
    return replace(reversal, idempotency_key=_key(reversal, turn))


def _key(posting: Posting, turn: int) -> str:
    """The idempotency key, as `observations.points.awarding` makes it."""
    return f"{posting.kind}:{posting.cause_kind}:{posting.cause_id}:{turn}"
