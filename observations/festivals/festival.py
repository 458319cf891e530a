"""A small festival: days and districts in which teams look for wildlife."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

NAME_LENGTH, TEAM_LENGTH = 30, 16
CODE_DIGITS = 6
LONGEST_DAYS = 31
MOST_TEAMS = 200


@dataclass(frozen=True)
class Festival:
    """One festival. Days are of Asia/Shanghai, both included; no `districts`: the whole city."""

    festival_id: UUID
    name: str
    code: str
    first_day: date
    last_day: date
    districts: tuple[str, ...]
    made_by: UUID
    made_at: datetime
    is_demo: bool = False
    is_cancelled: bool = False

    def runs_on(self, day: date) -> bool:
        """Whether `day` is one of its days."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Team:
    """A team of one festival."""

    team_id: UUID
    festival_id: UUID
    name: str


@dataclass(frozen=True)
class Membership:
    """The festival that a browser joined, and its team there."""

    festival: Festival
    team: Team


@dataclass(frozen=True)
class TeamLine:
    """A team's row: sightings `so_far`, those that a verifier `confirmed`; `people` sent some.

    Whatever is hidden, or would be once released, is in no number: a number that moves when a
    record is released would tell whose it is, and when and where it was seen.
    """

    team_id: UUID
    name: str
    so_far: int
    confirmed: int
    people: int
    species: int


@dataclass(frozen=True)
class Totals:
    """The sums of all teams of a festival."""

    teams: int = 0
    so_far: int = 0
    confirmed: int = 0
