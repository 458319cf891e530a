"""A person's streak of active days.

Up to two days without an action do not end it, but are not counted.
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
    """The active days of the streak that lives on the day of `now` (Asia/Shanghai)."""
    today = day_of(now)
    return streak(rooms.actions.active_days(observer_id, today - LOOKS_BACK), today)


def streak(days: Sequence[date], today: date) -> int:
    """Active days, counted back from `today` until more than `FORGIVEN` in a row are missing."""
    length, later = 0, today
    for day in sorted(days, reverse=True):
        if (later - day).days > FORGIVEN + 1:
            break
        length, later = length + 1, day
    return length
