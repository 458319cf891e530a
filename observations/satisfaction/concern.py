"""The reason behind a low score (district, words, place, photo), and the answer of the staff."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from observations.base.ids import new_id
from observations.base.wording import N_
from observations.satisfaction.dimensions import Dimension

LONGEST_PLACE, LONGEST_ANSWER = 60, 500


class Status(StrEnum):
    """What the staff have done about a theme."""

    DONE = "done"
    DOING = "doing"
    PASSED_ON = "passed_on"


STATUS_NAMES = {
    Status.DONE: N_("已办"),
    Status.DOING: N_("在办"),
    Status.PASSED_ON: N_("已转给主管部门"),
}


@dataclass(frozen=True)
class Concern:
    """What a low score is about, and where: in words, WGS-84 degrees, a photo by its SHA-256."""

    dimension: Dimension
    place_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    photo: str | None = None


@dataclass(frozen=True)
class Raised:
    """One concern that a person sent with a low score.

    `token` is one-way; `first_answered` is aware.
    """

    token: str
    district: str
    concern: Concern
    words: str
    raised_on: date
    first_answered: datetime | None
    status: Status | None
    is_demo: bool


@dataclass(frozen=True)
class ThemeAnswer:
    """The public answer of the staff to everyone who raised `dimension` in `district`."""

    district: str
    dimension: Dimension
    status: Status
    words: str
    answered_at: datetime
    is_demo: bool = False
    answer_id: UUID = field(default_factory=new_id)


@dataclass(frozen=True)
class Answered:
    """How many concerns were raised and answered, and the median number of days until an answer."""

    raised: int
    answered: int
    median_days: float | None
