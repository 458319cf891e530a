"""The ledger of green points."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from db.ask import Room
from observations.points.postings import Posting, PostingKind
from observations.points.standings import DistrictPoints, PersonRow, Standing

KIND = 5  # where the kind stands in the blocks' columns


class Points(Room):
    """Fulfils `observations.points.store`, reads and writes."""

    name = "points"

    def postings_of(self, cause_kind: str, cause_id: UUID) -> list[Posting]:
        """Everything that was ever posted for one cause, the earliest first."""
        rows = self._ask("postings_of", cause_kind=cause_kind, cause_id=cause_id)
        return [_posting(row) for row in rows]

    def entries_of(self, observer_id: UUID, limit: int) -> list[Posting]:
        """An observer's statement, the latest first."""
        return [
            _posting(row) for row in self._ask("entries_of", observer_id=observer_id, most=limit)
        ]

    def balance_of(self, observer_id: UUID) -> int:
        """What an observer has."""
        return cast(int, self._ask("balance_of", observer_id=observer_id))

    def earned(self, observer_id: UUID, cause_kind: str, day: date) -> int:
        """What an observer earned by one kind of cause on one day (Asia/Shanghai)."""
        found = self._ask("earned", observer_id=observer_id, cause_kind=cause_kind, earned_on=day)
        return cast(int, found)

    def leaders(self, first: date, last: date, limit: int) -> list[PersonRow]:
        """The best of those who agreed to be named, with their place among everybody."""
        rows = self._ask("leaders", first_day=first, last_day=last, most=limit)
        return [PersonRow(*row) for row in rows]

    def standing(self, observer_id: UUID, first: date, last: date) -> Standing:
        """One observer's place among everybody."""
        points, ahead, people = self._ask(
            "standing", observer_id=observer_id, first_day=first, last_day=last
        )
        return Standing(points=points, rank=ahead + 1 if points else None, people=people)

    def districts(self, first: date, last: date) -> list[DistrictPoints]:
        """Points by home district; observers without a home in Hangzhou count nowhere."""
        return [
            DistrictPoints(*row) for row in self._ask("districts", first_day=first, last_day=last)
        ]

    def post(self, postings: Sequence[Posting]) -> None:
        """Append postings, one or many in one statement."""
        self._ask(
            "post",
            posting_ids=[p.posting_id for p in postings],
            idempotency_keys=[p.idempotency_key for p in postings],
            from_accounts=[p.from_account for p in postings],
            to_accounts=[p.to_account for p in postings],
            amounts=[p.amount for p in postings],
            kinds=[str(p.kind) for p in postings],
            cause_kinds=[str(p.cause_kind) for p in postings],
            cause_ids=[p.cause_id for p in postings],
            observer_ids=[p.observer_id for p in postings],
            days=[p.earned_on for p in postings],
            posted_ats=[p.posted_at for p in postings],
            demos=[p.is_demo for p in postings],
        )

    def erase(self, observer_id: UUID) -> None:
        """Remove an observer's account whole."""
        self._ask("erase", observer_id=observer_id)


def _posting(row: Sequence[Any]) -> Posting:
    values = list(row)
    values[KIND] = PostingKind(values[KIND])
    return Posting(*values)
