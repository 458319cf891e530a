"""What the ledger needs kept."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from observations.points.postings import Posting
from observations.points.standings import DistrictPoints, PersonRow, Standing


class PointsReads(Protocol):
    """Questions to the ledger. Days are calendar days of Asia/Shanghai, both ends included."""

    def postings_of(self, cause_kind: str, cause_id: UUID) -> list[Posting]:
        """Everything that was ever posted for one cause, the earliest first."""
        ...

    def entries_of(self, observer_id: UUID, limit: int) -> list[Posting]:
        """An observer's statement, the latest first."""
        ...

    def balance_of(self, observer_id: UUID) -> int:
        """What an observer has: everything received less everything taken back."""
        ...

    def earned(self, observer_id: UUID, cause_kind: str, day: date) -> int:
        """What an observer earned by one kind of cause on one day."""
        ...

    def leaders(self, first: date, last: date, limit: int) -> list[PersonRow]:
        """The best of those who agreed to be named, with their place among everybody."""
        ...

    def standing(self, observer_id: UUID, first: date, last: date) -> Standing:
        """One observer's place among everybody."""
        ...

    def districts(self, first: date, last: date) -> list[DistrictPoints]:
        """Points by home district; observers without a home in Hangzhou count nowhere."""
        ...


class PointsWrites(PointsReads, Protocol):
    """The ledger inside a transaction."""

    def post(self, postings: Sequence[Posting]) -> None:
        """Append postings, one or many in one statement."""
        ...

    def erase(self, observer_id: UUID) -> None:
        """Remove an observer's account whole (a person's right; nothing else deletes here)."""
        ...


class Transaction(Protocol):
    """What awarding needs of a transaction."""

    @property
    def points(self) -> PointsWrites:
        """The ledger."""
        ...


class Store(Protocol):
    """What boards need of a store."""

    @property
    def points(self) -> PointsReads:
        """The ledger, to read."""
        ...
