"""Festivals, their teams, and who joined."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from db.ask import Room
from observations.base.ids import new_id
from observations.base.names import skeleton
from observations.festivals.entry import Entry
from observations.festivals.festival import Festival, Membership, Team
from observations.festivals.forecast import Past
from observations.festivals.missions import Gap
from observations.festivals.sheet import Sheet
from observations.occurrences.likely import AT_LEAST

NAMES = [field.name for field in fields(Festival)]  # the view `planned_festival` has them in order
COLUMNS = len(NAMES)
PHOTOS = 20  # where the photos stand in a row of `entries`


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

    def teams_of(self, festival_ids: Sequence[UUID]) -> list[Team]:
        """The teams of these festivals."""
        rows = self._ask("teams_of", festival_ids=list(festival_ids)) if festival_ids else ()
        return [Team(*row) for row in rows]

    def entries(self, festival_ids: Sequence[UUID]) -> list[Entry]:
        """The sightings that may count for these festivals, without anything that is hidden."""
        rows = self._ask("entries", festival_ids=list(festival_ids)) if festival_ids else ()
        return [_entry(row) for row in rows]

    def pasts(self, observer_ids: Sequence[UUID], until: datetime) -> dict[tuple[UUID, str], Past]:
        """What verifiers decided until then, by observer and group, of what is not hidden."""
        rows = self._ask("pasts", observer_ids=list(observer_ids), until=until)
        return {(row[0], row[1]): Past(*row[2:]) for row in rows}

    def gaps(self, districts: Sequence[str], months: Sequence[int]) -> list[Gap]:
        """Of each taxon recorded in these months in the city: how often, and when here last."""
        values = {"districts": " ".join(districts), "months": list(months)}
        return [Gap(*row) for row in self._ask("gaps", **values, at_least=AT_LEAST)]

    def sheets(self, festival_ids: Sequence[UUID]) -> list[Sheet]:
        """The signed results of these festivals, in their order."""
        rows = self._ask("sheets", festival_ids=list(festival_ids)) if festival_ids else ()
        return [Sheet(*row) for row in rows]

    def latest_sheet(self, festival_id: UUID) -> Sheet | None:
        """The last signed result of a festival."""
        row = self._ask("latest_sheet", festival_id=festival_id)
        return Sheet(*row) if row else None

    def add_sheet(self, sheet: Sheet) -> None:
        """Add a signed result."""
        self._ask("add_sheet", **sheet.__dict__)

    def add_festival(self, festival: Festival) -> None:
        """Add a festival."""
        values = _values(festival)
        del values["is_cancelled"]
        self._ask("add_festival", **values)

    def change_festival(self, festival: Festival) -> None:
        """Store what an organiser says of it, and whether it is cancelled."""
        values = _values(festival)
        for name in ("code", "made_by", "made_at", "is_demo"):
            del values[name]
        self._ask("change_festival", **values)

    def add_team(self, team: Team, now: datetime) -> None:
        """Add a team."""
        self._ask(
            "add_team",
            team_id=team.team_id,
            festival_id=team.festival_id,
            name=team.name,
            made_at=now,
        )

    def change_team(self, team: Team) -> None:
        """Store a team's name, and whether it is hidden."""
        self._ask("change_team", team_id=team.team_id, name=team.name, is_hidden=team.is_hidden)

    def merge_team(self, team_id: UUID, into_id: UUID) -> None:
        """Let the members of a team belong to another."""
        self._ask("merge_team", team_id=team_id, into_id=into_id)

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
    return {
        **festival.__dict__,
        "districts": " ".join(festival.districts),
        "area": ",".join(f"{longitude} {latitude}" for longitude, latitude in festival.area),
        "targets": " ".join(str(taxon_id) for taxon_id in festival.targets),
    }


def _festival(row: Sequence[Any]) -> Festival:
    values = dict(zip(NAMES, row, strict=True))
    values["districts"] = tuple(values["districts"].split())
    corners = [corner.split() for corner in values["area"].split(",") if corner]
    values["area"] = tuple((float(longitude), float(latitude)) for longitude, latitude in corners)
    values["targets"] = tuple(UUID(taxon_id) for taxon_id in values["targets"].split())
    return Festival(**values)


def _entry(row: Sequence[Any]) -> Entry:
    values = list(row)
    values[PHOTOS] = _photos(values[PHOTOS])
    return Entry(*values)


def _photos(text: str | None) -> tuple[tuple[str, str], ...]:
    pairs = (photo.partition(":") for photo in (text or "").split())
    return tuple((sha256, picture_hash) for sha256, _, picture_hash in sorted(pairs))
