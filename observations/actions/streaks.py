"""A person's streak of active days.

One or two days without an action do not end it, and do not count.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from observations.actions.store import Reads
from observations.base.clock import day_of

FORGIVEN = 2
"""Days without anything that a streak survives, each time."""
LOOKS_BACK = timedelta(days=366)


def streak_of(rooms: Reads, observer_id: UUID, now: datetime) -> int:
    """The active days of the streak that includes the day of `now` (Asia/Shanghai)."""
    today = day_of(now)
    return streak(rooms.actions.active_days(observer_id, today - LOOKS_BACK), today)


def streak(days: Sequence[date], today: date) -> int:
    """The number of active days up to `today`, back to a gap of more than `FORGIVEN` days."""
    length, later = 0, today
    for day in sorted(days, reverse=True):
        if (later - day).days > FORGIVEN + 1:
            break
        length, later = length + 1, day
    return length
