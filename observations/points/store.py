"""The storage of the ledger."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.points.periods import Period
from observations.points.postings import Posting
from observations.points.standings import (
    DistrictPoints,
    GainRow,
    Neighbour,
    PersonRow,
    Standing,
    TeamRow,
)
from observations.points.teams import Team


class PointsReads(Protocol):
    """Questions to the ledger.

    Days are calendar days of Asia/Shanghai, both ends included; a board's period is named by its
    kind and its first day.
    """

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

    def leaders(self, period: Period, first: date, limit: int) -> list[PersonRow]:
        """The best of those who agreed to be named, with their place among everybody."""
        ...

    def leading_teams(
        self, period: Period, first: date, kind: str | None, limit: int
    ) -> list[TeamRow]:
        """The best teams, of one kind or (None) of all."""
        ...

    def most_improved(self, period: Period, first: date, limit: int) -> list[GainRow]:
        """Who gained most on the period before, of those who agreed to be named."""
        ...

    def standing(self, observer_id: UUID, period: Period, first: date) -> Standing:
        """One observer's place among everybody."""
        ...

    def neighbours(
        self, observer_id: UUID, period: Period, first: date, each_way: int
    ) -> list[Neighbour]:
        """An observer's line with those right above and below; nothing without points."""
        ...

    def districts(self, period: Period, first: date) -> list[DistrictPoints]:
        """Points by home district; observers without a home in Hangzhou count nowhere."""
        ...

    def waiting_of(self, observer_ids: Sequence[UUID], first: date, last: date) -> dict[UUID, int]:
        """Points of these days that wait, by person; people without any are left out."""
        ...

    def waiting_by_district(self, first: date, last: date) -> dict[str, int]:
        """Points that wait, by home district."""
        ...

    def waiting_by_team(self, first: date, last: date) -> dict[UUID, int]:
        """Points that wait, by the team people are in today."""
        ...

    def team_of(self, observer_id: UUID) -> UUID | None:
        """The team an observer is in."""
        ...

    def team(self, team_id: UUID) -> Team | None:
        """One team."""
        ...

    def team_by_code(self, join_code: str) -> Team | None:
        """The team with this code."""
        ...

    def team_named(self, name: str) -> Team | None:
        """The team with this name."""
        ...

    def teams(self, limit: int) -> list[tuple[Team, int]]:
        """The newest teams, each with how many are in it."""
        ...

    def people_in(self, team_id: UUID) -> int:
        """How many are in a team."""
        ...


class PointsWrites(PointsReads, Protocol):
    """The ledger inside a transaction."""

    def post(self, postings: Sequence[Posting]) -> None:
        """Append postings, and with them what they change on the boards."""
        ...

    def erase(self, observer_id: UUID) -> None:
        """Remove an observer's account whole (a person's right; nothing else deletes here)."""
        ...

    def add_team(self, team: Team) -> None:
        """A new team."""
        ...

    def move_to(self, observer_id: UUID, team_id: UUID | None, now: datetime) -> None:
        """From now on the observer is in this team, or (None) in none."""
        ...

    def hide_team(self, team_id: UUID, hidden_at: datetime | None) -> None:
        """Take a team's name off the boards, or (None) put it back."""
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


class TeamTransaction(Transaction, Protocol):
    """What making and joining teams writes in."""

    @property
    def log(self) -> LogWrites: ...


class TeamStore(Store, Protocol):
    """What making and joining teams opens."""

    def transaction(self) -> AbstractContextManager[TeamTransaction]: ...
