"""Time: kept in UTC, shown and counted by the calendar of Hangzhou."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

HANGZHOU = ZoneInfo("Asia/Shanghai")


def now_utc() -> datetime:
    """The time now, aware, in UTC. Only edges call this; rules take `now`."""
    return datetime.now(UTC)


class KnownTime:
    """What time it is at least: the system's clock may be set back, or start in the past."""

    def __init__(self, wall: Callable[[], datetime] = now_utc) -> None:
        self._wall = wall
        self._noted, self._noted_at = wall(), time.monotonic()

    def note(self, moment: datetime) -> None:
        """Learn of a moment (aware) that has passed, such as that of the last line of the log."""
        if moment > self.at_least():
            self._noted, self._noted_at = moment, time.monotonic()

    def at_least(self) -> datetime:
        """The latest moment that is known to have come, in UTC."""
        passed = timedelta(seconds=time.monotonic() - self._noted_at)
        return max(self._wall(), self._noted + passed)

    def behind(self) -> timedelta:
        """How far the system's clock is known to be behind; zero within a minute of it."""
        lag = self.at_least() - self._wall()
        return lag if lag > timedelta(minutes=1) else timedelta()

    def latest(self) -> datetime:
        """The latest that it may be now. A clock that is behind may be so by more than is known:
        then nothing of the coming year can be called the future."""
        return self.at_least() + timedelta(days=366) if self.behind() else self._wall()


def day_of(moment: datetime) -> date:
    """The calendar day of `moment` (aware) in Asia/Shanghai."""
    return moment.astimezone(HANGZHOU).date()


def midnight(day: date) -> datetime:
    """The first moment of `day` in Asia/Shanghai, aware."""
    return datetime(day.year, day.month, day.day, tzinfo=HANGZHOU)
