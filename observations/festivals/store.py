"""The storage of festivals."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from observations.festivals.festival import Festival, Membership, Team, TeamLine, Totals
from observations.log.store import LogWrites
from observations.people.store import PeopleReads, PeopleWrites


class FestivalsReads(Protocol):
    """Reads. Days are calendar days of Asia/Shanghai."""

    def festivals(self) -> list[Festival]:
        """Every festival, the latest first."""
        ...

    def festival(self, festival_id: UUID) -> Festival | None:
        """One festival."""
        ...

    def by_code(self, code: str) -> Festival | None:
        """The festival with these six digits."""
        ...

    def current(self, today: date) -> Festival | None:
        """The festival to show on `today`: one that runs, else the next, else the last.

        Not one that was cancelled.
        """
        ...

    def teams(self, festival_id: UUID) -> list[Team]:
        """The teams of a festival."""
        ...

    def is_taken_away(self, festival_id: UUID, name: str) -> bool:
        """Whether staff took a name like this away from a team of this festival."""
        ...

    def membership(self, device_id: UUID, today: date) -> Membership | None:
        """A browser's latest festival, neither over on `today` nor cancelled, and its team."""
        ...

    def lines(self, festival_id: UUID) -> list[TeamLine]:
        """The row of each team, in no particular order, without anything that is hidden."""
        ...

    def totals(self, festival_ids: Sequence[UUID]) -> dict[UUID, Totals]:
        """The sums of the teams of each festival; a festival without a team is left out."""
        ...


class FestivalsWrites(FestivalsReads, Protocol):
    """Changes, inside a transaction."""

    def add_festival(self, festival: Festival) -> None:
        """Add a festival."""
        ...

    def change_festival(self, festival: Festival) -> None:
        """Store its name, days, districts, and whether it is cancelled."""
        ...

    def add_team(self, team: Team, now: datetime) -> None:
        """Add a team."""
        ...

    def join(self, team: Team, device_id: UUID, now: datetime) -> None:
        """Move a browser to this team."""
        ...


class Transaction(Protocol):
    """The writes that the room's use cases need."""

    @property
    def festivals(self) -> FestivalsWrites: ...

    @property
    def people(self) -> PeopleWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that the room's use cases need."""

    @property
    def festivals(self) -> FestivalsReads: ...

    @property
    def people(self) -> PeopleReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
