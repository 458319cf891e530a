"""A wave is a quarter of the year, counted in Hangzhou's time."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

from observations.base.clock import HANGZHOU
from observations.base.errors import Refused
from observations.base.ids import new_id


@dataclass(frozen=True, order=True)
class Wave:
    """One quarter; answers given in it are counted together."""

    year: int
    quarter: int

    @property
    def wave_id(self) -> str:
        """The identifier under which the wave is stored, such as `2026Q4`."""
        return f"{self.year:04d}Q{self.quarter}"

    @property
    def first_day(self) -> date:
        """The first day, in Asia/Shanghai."""
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def last_day(self) -> date:
        """The last day on which an answer can be given or changed, in Asia/Shanghai."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Wave":
        """The quarter after this one."""
        return Wave(self.year + self.quarter // 4, self.quarter % 4 + 1)

    @property
    def before(self) -> "Wave":
        """The quarter before this one."""
        return Wave(self.year - (self.quarter == 1), (self.quarter - 2) % 4 + 1)

    @classmethod
    def named(cls, wave_id: str) -> Self:
        """The wave with this identifier, such as `2026Q4`.

        Raises `Refused`: `satisfaction.no_such_wave` for any other form.
        """
        year, mark, quarter = wave_id.partition("Q")
        if not (mark and len(year) == 4 and year.isascii() and year.isdecimal()):
            raise Refused("satisfaction.no_such_wave", field="wave")
        if int(year) < 1 or quarter not in {"1", "2", "3", "4"}:
            raise Refused("satisfaction.no_such_wave", field="wave")
        return cls(int(year), int(quarter))


class StepKind(StrEnum):
    """The kinds of step of a wave."""

    OPENED = "opened"
    CLOSED = "closed"


@dataclass(frozen=True)
class Step:
    """The opening of a wave with a version of the questionnaire, or its closing.

    `stepped_at` is aware.
    """

    wave_id: str
    kind: StepKind
    version: int
    staff_id: UUID | None
    stepped_at: datetime
    step_id: UUID = field(default_factory=new_id)


def wave_of(now: datetime) -> Wave:
    """The wave that is running at `now` (any time zone)."""
    today = now.astimezone(HANGZHOU)
    return Wave(today.year, (today.month + 2) // 3)
