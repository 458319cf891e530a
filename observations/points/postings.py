"""One line of the ledger."""

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


class CauseKind(StrEnum):
    """What the points were given for."""

    OCCURRENCE = "occurrence"  # a sighting that a verifier accepted
    ACTION = "action"  # an action with a photo that a verifier accepted
    SELF_REPORT = "self_report"  # an action without a photo, which is not checked
    CODE = "code"  # an action with a programme's code


def account_of(observer_id: UUID) -> str:
    """The name of an observer's account."""
    return f"observer:{observer_id}"


@dataclass(frozen=True)
class Posting:
    """`amount` green points moved from one account to another: one row, so it sums to zero.

    `earned_on` is the day (Asia/Shanghai) the points count for, `home_district` where the observer
    lived then; a reversal has the day, the team and the district of the award it reverses, so that
    every period stays right. `posted_at` is aware. `idempotency_key` is unique: the same posting
    can't be made twice.
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
    home_district: str | None = None

    @property
    def points(self) -> int:
        """The points as the observer sees them: positive where they received some."""
        return self.amount if self.to_account == account_of(self.observer_id) else -self.amount
