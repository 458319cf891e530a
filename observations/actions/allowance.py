"""How much more a person's word may earn today."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observations.actions.counting import SELF_REPORT_POINTS_A_DAY
from observations.actions.store import Reads
from observations.log.clock import day_of
from observations.points.postings import CauseKind


@dataclass(frozen=True)
class Allowance:
    """What self-reports may earn in a day, and what they did; shown before logging."""

    a_day: int
    used: int

    @property
    def left(self) -> int:
        """What they may still earn today."""
        return max(self.a_day - self.used, 0)


def allowance(rooms: Reads, observer_id: UUID | None, now: datetime) -> Allowance:
    """The allowance of the day that holds `now` (Asia/Shanghai); nobody yet has all of it."""
    used = 0
    if observer_id:
        used = rooms.points.earned(observer_id, CauseKind.SELF_REPORT, day_of(now))
    return Allowance(SELF_REPORT_POINTS_A_DAY, used)


def left_today(rooms: Reads, observer_id: UUID, now: datetime) -> int:
    """What an observer's self-reports may still earn today."""
    return allowance(rooms, observer_id, now).left
