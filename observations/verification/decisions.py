"""Decisions on a sighting or on an action with a photo, and the state that follows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from observations.base.roles import Person
from observations.base.wording import N_
from observations.verification.statuses import ReleaseStatus, VerificationStatus


class Kind(StrEnum):
    """The kinds of subjects at the desk."""

    OCCURRENCE = "occurrence"
    ACTION = "action"


class Verdict(StrEnum):
    """A verdict: the first five by staff, the next three by the observer, `undo` by staff.

    `recall` is nobody's: what the public says brings a subject back.
    `lapse` is nobody's: a question was not answered in time.
    """

    ACCEPT = "accept"
    PLAUSIBLE = "plausible"
    REJECT = "reject"
    WITHHOLD = "withhold"
    QUERY = "query"
    ANSWER = "answer"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    UNDO = "undo"
    RECALL = "recall"
    LAPSE = "lapse"


OBSERVER_VERDICTS = frozenset({Verdict.ANSWER, Verdict.CORRECT, Verdict.WITHDRAW})

VERDICT_NAMES = {
    Verdict.ACCEPT: N_("属实"),
    Verdict.PLAUSIBLE: N_("可能"),
    Verdict.REJECT: N_("不采用"),
    Verdict.WITHHOLD: N_("暂不公开"),
    Verdict.QUERY: N_("问一句"),
    Verdict.ANSWER: N_("答复"),
    Verdict.CORRECT: N_("更正"),
    Verdict.WITHDRAW: N_("撤回记录"),
    Verdict.UNDO: N_("撤回决定"),
    Verdict.RECALL: N_("请再看一眼"),
    Verdict.LAPSE: N_("没有等到答复"),
}


class Reason(StrEnum):
    """Why something is not accepted: one of six, each with a sentence for the observer."""

    PHOTO_UNCLEAR = "photo_unclear"
    NOT_ENOUGH = "not_enough"
    WRONG_NAME = "wrong_name"
    WRONG_PLACE_OR_TIME = "wrong_place_or_time"
    NOT_OWN_PHOTO = "not_own_photo"
    NOT_NATURE = "not_nature"


REASON_NAMES = {
    Reason.PHOTO_UNCLEAR: N_("照片看不清"),
    Reason.NOT_ENOUGH: N_("照片不足以判断"),
    Reason.WRONG_NAME: N_("名字对不上"),
    Reason.WRONG_PLACE_OR_TIME: N_("地点或时间对不上"),
    Reason.NOT_OWN_PHOTO: N_("照片不像是自己拍的"),
    Reason.NOT_NATURE: N_("不在记录范围内"),
}
# Whether a reason says "wrong" or only "cannot tell".
_INCORRECT = frozenset({Reason.WRONG_NAME, Reason.WRONG_PLACE_OR_TIME, Reason.NOT_NATURE})


class Award(StrEnum):
    """The effect of a decision on the points."""

    GIVE = "give"
    TAKE = "take"
    KEEP = "keep"


@dataclass(frozen=True)
class Review:
    """The current state of a subject. `is_waiting`: it is in the queue."""

    subject_id: UUID
    kind: Kind
    observer_id: UUID | None
    submitted_at: datetime
    verification_status: VerificationStatus
    release_status: ReleaseStatus
    decision_id: UUID | None
    is_waiting: bool
    waiting_since: datetime
    is_demo: bool


@dataclass(frozen=True)
class Queue:
    """What the desk shows: the subject asked for, those that wait, and the number that wait.

    Those that wait come longest first. The number is that of the kind shown; 0 where none is shown.
    """

    asked_for: Review | None
    waiting: list[Review]
    count: int


@dataclass(frozen=True)
class DecisionRequest:
    """A decision that somebody wants to make.

    `expected_decision_id` is the latest decision they saw: where a later one exists, theirs is
    refused.
    """

    subject_id: UUID
    verdict: Verdict
    person: Person
    expected_decision_id: UUID | None
    reason: Reason | None = None
    message: str = ""
    rules_out_sensitive: bool = False
    batch_id: UUID | None = None


@dataclass(frozen=True)
class Decision:
    """One decision: who made it, when, why, and the state that follows.

    `batch_id`: it was made together with others of this batch.
    """

    decision_id: UUID
    subject_id: UUID
    verdict: Verdict
    verification_status: VerificationStatus
    release_status: ReleaseStatus
    is_waiting: bool
    reason: Reason | None
    message: str
    rules_out_sensitive: bool
    decided_by_staff: UUID | None
    decided_by_observer: UUID | None
    previous_decision_id: UUID | None
    decided_at: datetime
    batch_id: UUID | None = None

    def replaces(self, review: Review) -> bool:
        """Whether it was made on the state of the subject that `review` shows."""
        mine = (self.subject_id, self.previous_decision_id)
        return mine == (review.subject_id, review.decision_id)

    @property
    def is_automatic(self) -> bool:
        """Whether a rule accepted it, and nobody looked."""
        return self.verdict is Verdict.ACCEPT and self.decided_by_staff is None

    @property
    def award(self) -> Award:
        """The effect on points: accepted or plausible gives, not accepted or withdrawn takes."""
        if self.verdict is Verdict.WITHDRAW:
            return Award.TAKE
        return _AWARDS.get(self.verification_status, Award.KEEP)


_AWARDS = {
    VerificationStatus.ACCEPTED_CONSIDERED_CORRECT: Award.GIVE,
    VerificationStatus.ACCEPTED_CORRECT: Award.GIVE,
    VerificationStatus.PLAUSIBLE: Award.GIVE,
    VerificationStatus.NOT_ACCEPTED_INCORRECT: Award.TAKE,
    VerificationStatus.NOT_ACCEPTED_UNABLE_TO_VERIFY: Award.TAKE,
    VerificationStatus.UNCONFIRMED: Award.TAKE,
}


def rejected_status(reason: Reason) -> VerificationStatus:
    """The status that a reason stands for: "wrong" or "cannot tell"."""
    if reason in _INCORRECT:
        return VerificationStatus.NOT_ACCEPTED_INCORRECT
    return VerificationStatus.NOT_ACCEPTED_UNABLE_TO_VERIFY
