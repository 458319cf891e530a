"""The storage of the ledger: reads and changes."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.points.confirmation import Confirmation
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
    """Reads.

    Days are calendar days of Asia/Shanghai, both ends included; a board's period is named by its
    kind and its first day.
    """

    def postings_of(self, cause_kind: str, cause_id: UUID) -> list[Posting]:
        """Everything posted for one cause, the earliest first."""
        ...

    def entries_of(self, observer_id: UUID, limit: int) -> list[Posting]:
        """An observer's postings, the latest first."""
        ...

    def balance_of(self, observer_id: UUID) -> int:
        """An observer's balance: everything received less everything reversed."""
        ...

    def earned(self, observer_id: UUID, cause_kind: str, day: date) -> int:
        """What an observer earned by one kind of cause on one day."""
        ...

    def leaders(self, period: Period, first: date, limit: int) -> list[PersonRow]:
        """The highest of those who agreed to be named, with their rank among everybody."""
        ...

    def leading_teams(
        self, period: Period, first: date, kind: str | None, limit: int
    ) -> list[TeamRow]:
        """The highest teams, of one kind or (None) of all."""
        ...

    def most_improved(self, period: Period, first: date, limit: int) -> list[GainRow]:
        """Those who agreed to be named and gained most on their own best period of before."""
        ...

    def standing(self, observer_id: UUID, period: Period, first: date) -> Standing:
        """One observer's place among everybody."""
        ...

    def neighbours(
        self, observer_id: UUID, period: Period, first: date, each_way: int
    ) -> list[Neighbour]:
        """An observer's row with those right above and below; none without points."""
        ...

    def districts(self, period: Period, first: date) -> list[DistrictPoints]:
        """Points of confirmed people by the district they lived in; others are left out."""
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

    def home_of(self, observer_id: UUID) -> str | None:
        """The district of the city that an observer lives in; None for another place, or unsaid."""
        ...

    def confirmation(self, observer_id: UUID) -> Confirmation:
        """What confirms an observer so far."""
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

    def team_name_is_taken(self, name: str) -> bool:
        """Whether a team has this name or one like it, or staff took it away."""
        ...

    def teams(self, limit: int) -> list[tuple[Team, int]]:
        """The newest teams, each with its number of members."""
        ...

    def people_in(self, team_id: UUID) -> int:
        """The number of members of a team."""
        ...


class PointsWrites(PointsReads, Protocol):
    """Changes, inside a transaction."""

    def post(self, postings: Sequence[Posting]) -> None:
        """Append postings and update the boards' tallies."""
        ...

    def erase(self, observer_id: UUID) -> None:
        """Delete an observer's account and postings: their right, and the only deletion here."""
        ...

    def add_team(self, team: Team) -> None:
        """Add a team."""
        ...

    def move_to(self, observer_id: UUID, team_id: UUID | None, now: datetime) -> None:
        """Move the observer to this team, or (None) out of theirs."""
        ...

    def hide_team(self, team_id: UUID, hidden_at: datetime | None) -> None:
        """Take a team's name off the boards, or (None) put it back."""
        ...


class Transaction(Protocol):
    """The writes that awarding needs."""

    @property
    def points(self) -> PointsWrites:
        """The ledger."""
        ...


class Store(Protocol):
    """The reads that boards need."""

    @property
    def points(self) -> PointsReads:
        """The ledger, to read."""
        ...


class TeamTransaction(Transaction, Protocol):
    """The writes that making and joining teams needs."""

    @property
    def log(self) -> LogWrites: ...


class TeamStore(Store, Protocol):
    """The transactions that making and joining teams needs."""

    def transaction(self) -> AbstractContextManager[TeamTransaction]: ...
