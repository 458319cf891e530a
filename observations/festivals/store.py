"""The storage of festivals."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from observations.festivals.entry import Entry
from observations.festivals.festival import Festival, Membership, Team
from observations.festivals.forecast import Past
from observations.festivals.missions import Gap
from observations.festivals.sheet import Sheet
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

    def teams_of(self, festival_ids: Sequence[UUID]) -> list[Team]:
        """The teams of these festivals."""
        ...

    def entries(self, festival_ids: Sequence[UUID]) -> list[Entry]:
        """The sightings that may count for these festivals, without anything that is hidden."""
        ...

    def pasts(self, observer_ids: Sequence[UUID], until: datetime) -> dict[tuple[UUID, str], Past]:
        """What verifiers decided until then, by observer and group, of what is not hidden."""
        ...

    def gaps(self, districts: Sequence[str], months: Sequence[int]) -> list[Gap]:
        """Of each taxon recorded in these months in the city: how often, and when here last.

        From public records and surveys with exact places; sensitive taxa are left out. Without
        `districts` here is the whole city.
        """
        ...

    def sheets(self, festival_ids: Sequence[UUID]) -> list[Sheet]:
        """The signed results of these festivals, in their order."""
        ...

    def latest_sheet(self, festival_id: UUID) -> Sheet | None:
        """The last signed result of a festival."""
        ...


class FestivalsWrites(FestivalsReads, Protocol):
    """Changes, inside a transaction."""

    def add_festival(self, festival: Festival) -> None:
        """Add a festival."""
        ...

    def change_festival(self, festival: Festival) -> None:
        """Store what an organiser says of it, and whether it is cancelled."""
        ...

    def add_team(self, team: Team, now: datetime) -> None:
        """Add a team."""
        ...

    def change_team(self, team: Team) -> None:
        """Store a team's name, and whether it is hidden."""
        ...

    def merge_team(self, team_id: UUID, into_id: UUID) -> None:
        """Let the members of a team belong to another."""
        ...

    def add_sheet(self, sheet: Sheet) -> None:
        """Add a signed result."""
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
