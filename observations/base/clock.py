"""Time: kept in UTC, shown and counted by the calendar of Hangzhou."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HANGZHOU = ZoneInfo("Asia/Shanghai")


def now_utc() -> datetime:
    """The time now, aware, in UTC. Only edges call this; rules take `now`."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The calendar day of `moment` (aware) in Asia/Shanghai."""
    return moment.astimezone(HANGZHOU).date()


def midnight(day: date) -> datetime:
    """The first moment of `day` in Asia/Shanghai, aware."""
    return datetime(day.year, day.month, day.day, tzinfo=HANGZHOU)
