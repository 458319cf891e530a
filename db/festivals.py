"""Festivals, their teams, and who joined."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from db.ask import Room
from observations.base.ids import new_id
from observations.base.names import skeleton
from observations.festivals.festival import Festival, Membership, Team, TeamLine, Totals

COLUMNS = 10  # the columns of a festival in the blocks


class Festivals(Room):
    """Fulfils `observations.festivals.store`, reads and writes."""

    name = "festivals"

    def festivals(self) -> list[Festival]:
        """Every festival, the latest first."""
        return [_festival(row) for row in self._ask("festivals")]

    def festival(self, festival_id: UUID) -> Festival | None:
        """One festival."""
        row = self._ask("festival", festival_id=festival_id)
        return _festival(row) if row else None

    def by_code(self, code: str) -> Festival | None:
        """The festival with these six digits."""
        row = self._ask("by_code", code=code)
        return _festival(row) if row else None

    def current(self, today: date) -> Festival | None:
        """The festival to show: one that runs, else the next, else the last."""
        row = self._ask("current", today=today)
        return _festival(row) if row else None

    def teams(self, festival_id: UUID) -> list[Team]:
        """The teams of a festival."""
        return [Team(*row) for row in self._ask("teams", festival_id=festival_id)]

    def is_taken_away(self, festival_id: UUID, name: str) -> bool:
        """Whether staff took a name like this away from a team of this festival."""
        values = {"festival_id": festival_id, "skeleton": skeleton(name)}
        return self._ask("is_taken_away", **values) is not None

    def membership(self, device_id: UUID, today: date) -> Membership | None:
        """A browser's latest festival that is not over on `today`, and its team there."""
        row = self._ask("membership", device_id=device_id, today=today)
        return Membership(_festival(row[:COLUMNS]), Team(*row[COLUMNS:])) if row else None

    def lines(self, festival_id: UUID) -> list[TeamLine]:
        """The row of each team, in no particular order, without anything that is hidden."""
        return [TeamLine(*row) for row in self._ask("lines", festival_id=festival_id)]

    def totals(self, festival_ids: Sequence[UUID]) -> dict[UUID, Totals]:
        """The sums of the teams of each festival; a festival without a team is left out."""
        rows = self._ask("totals", festival_ids=list(festival_ids)) if festival_ids else ()
        return {row[0]: Totals(*row[1:]) for row in rows}

    def add_festival(self, festival: Festival) -> None:
        """Add a festival."""
        values = _values(festival)
        del values["is_cancelled"]
        self._ask("add_festival", **values)

    def change_festival(self, festival: Festival) -> None:
        """Store its name, days, districts, and whether it is cancelled."""
        values = _values(festival)
        for name in ("code", "made_by", "made_at", "is_demo"):
            del values[name]
        self._ask("change_festival", **values)

    def add_team(self, team: Team, now: datetime) -> None:
        """Add a team."""
        self._ask("add_team", **team.__dict__, made_at=now)

    def join(self, team: Team, device_id: UUID, now: datetime) -> None:
        """Move a browser to this team."""
        self._ask(
            "join",
            join_id=new_id(now),
            festival_id=team.festival_id,
            team_id=team.team_id,
            device_id=device_id,
            joined_at=now,
        )


def _values(festival: Festival) -> dict[str, Any]:
    return {**festival.__dict__, "districts": " ".join(festival.districts)}


def _festival(row: Sequence[Any]) -> Festival:
    values = list(row)
    values[5] = tuple(values[5].split())
    return Festival(*values)
