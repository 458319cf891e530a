"""One line of the ledger, and the words it is written in."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

CITY = "city"
"""The account that all green points come from."""


class PostingKind(StrEnum):
    """Why points moved. A mistake is never edited: it gets a reversal."""

    AWARD = "award"
    REVERSAL = "reversal"
    ADJUSTMENT = "adjustment"


class CauseKind(StrEnum):
    """What the points were given for."""

    OCCURRENCE = "occurrence"  # a sighting that a verifier accepted
    ACTION = "action"  # an action with a photo that a verifier accepted
    SELF_REPORT = "self_report"  # an action taken at the person's word
    CODE = "code"  # an action that a programme's code stands for


def account_of(observer_id: UUID) -> str:
    """The name of an observer's account."""
    return f"observer:{observer_id}"


@dataclass(frozen=True)
class Posting:
    """`amount` green points went from one account to another: one row, so it sums to zero.

    `earned_on` is the day (Asia/Shanghai) the points count for; a reversal carries the day of
    the award it takes back, so that every period stays right, and its team. `posted_at` is aware.
    `idempotency_key` is unique: the same posting can't be made twice.
    """

    posting_id: UUID
    idempotency_key: str
    from_account: str
    to_account: str
    amount: int
    kind: PostingKind
    cause_kind: str
    cause_id: UUID
    observer_id: UUID
    earned_on: date
    posted_at: datetime
    is_demo: bool = False
    team_id: UUID | None = None

    @property
    def points(self) -> int:
        """What the posting means to the observer: positive when they received."""
        return self.amount if self.to_account == account_of(self.observer_id) else -self.amount
