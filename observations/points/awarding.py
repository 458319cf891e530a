"""Awarding points and reversing awards: the only ways an observer's balance changes."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from observations.base.clock import day_of
from observations.base.ids import new_id
from observations.points.postings import CITY, Posting, PostingKind, account_of
from observations.points.store import Transaction


def award(
    tx: Transaction,
    observer_id: UUID,
    cause_kind: str,
    cause_id: UUID,
    amount: int,
    now: datetime,
    *,
    earned_on: date | None = None,
    is_demo: bool = False,
) -> bool:
    """Give `amount` (> 0) points for a cause; False where its award is still in force.

    They count for `earned_on` (a day of Asia/Shanghai: the day a contribution was sent in, so that
    what waits and what is confirmed are on the same board), or for today, and for the team the
    observer is in and the district they live in now. After a reversal the cause may be awarded
    again.
    """
    earlier = tx.points.postings_of(cause_kind, cause_id)
    if points_in_force(earlier):
        return False
    posting = Posting(
        posting_id=new_id(now),
        idempotency_key=_key(PostingKind.AWARD, cause_kind, cause_id, len(earlier)),
        from_account=CITY,
        to_account=account_of(observer_id),
        amount=amount,
        kind=PostingKind.AWARD,
        cause_kind=cause_kind,
        cause_id=cause_id,
        observer_id=observer_id,
        earned_on=earned_on or day_of(now),
        posted_at=now,
        is_demo=is_demo,
        team_id=tx.points.team_of(observer_id),
        home_district=tx.points.home_of(observer_id),
    )
    tx.points.post([posting])
    return True


def reverse(tx: Transaction, cause_kind: str, cause_id: UUID, now: datetime) -> bool:
    """Reverse the award of a cause for the day it was earned; False where there is none in force.

    The award stays in the ledger: the reversal is a posting of its own.
    """
    earlier = tx.points.postings_of(cause_kind, cause_id)
    if not points_in_force(earlier):
        return False
    award = [posting for posting in earlier if posting.kind is PostingKind.AWARD][-1]
    posting = Posting(
        posting_id=new_id(now),
        idempotency_key=_key(PostingKind.REVERSAL, cause_kind, cause_id, len(earlier)),
        from_account=award.to_account,
        to_account=award.from_account,
        amount=award.amount,
        kind=PostingKind.REVERSAL,
        cause_kind=cause_kind,
        cause_id=cause_id,
        observer_id=award.observer_id,
        earned_on=award.earned_on,
        posted_at=now,
        is_demo=award.is_demo,
        team_id=award.team_id,
        home_district=award.home_district,
    )
    tx.points.post([posting])
    return True


def points_in_force(postings: Iterable[Posting]) -> int:
    """The points a cause holds now: its awards less its reversals."""
    return sum(posting.points for posting in postings)


def _key(kind: PostingKind, cause_kind: str, cause_id: UUID, turn: int) -> str:
    return f"{kind}:{cause_kind}:{cause_id}:{turn}"
