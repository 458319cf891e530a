"""A small festival: days and districts in which teams look for wildlife."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from observations.base.clock import midnight

NAME_LENGTH, TEAM_LENGTH = 30, 16
CODE_DIGITS = 6
LONGEST_DAYS = 31
MOST_TEAMS = 200
# Days after the last one until which sightings are taken in, and until which names are checked: the
# result is frozen when the latter have passed.
UPLOAD_DAYS, IDENTIFICATION_DAYS, LONGEST_GRACE = 3, 14, 60
FEWEST_PEOPLE = 3  # a sighting is laid to a team's door where at least so many are in it
RULES_LENGTH, MOST_TARGETS, MOST_CORNERS = 600, 30, 60
Corner = tuple[float, float]


@dataclass(frozen=True)
class Festival:
    """One festival. Days are of Asia/Shanghai, both included; no `districts`: the whole city.

    `area`, where one is drawn, is a ring of (longitude, latitude) in WGS-84 degrees.
    """

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
    upload_days: int = UPLOAD_DAYS
    identification_days: int = IDENTIFICATION_DAYS
    area: tuple[Corner, ...] = ()
    targets: tuple[UUID, ...] = ()
    rules: str = ""

    @property
    def last_upload(self) -> date:
        """The last day on which what was seen on its days is still taken in."""
        return self.last_day + timedelta(days=self.upload_days)

    @property
    def freezes_at(self) -> datetime:
        """When its result is frozen: at midnight after the last day of checking."""
        return midnight(self.last_day + timedelta(days=self.identification_days + 1))

    def runs_on(self, day: date) -> bool:
        """Whether `day` is one of its days."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Team:
    """A team of one festival."""

    team_id: UUID
    festival_id: UUID
    name: str
    is_hidden: bool = False


@dataclass(frozen=True)
class Membership:
    """The festival that a browser joined, and its team there."""

    festival: Festival
    team: Team
