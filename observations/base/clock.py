"""Time: stored in UTC, shown and counted by the calendar day of Asia/Shanghai."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

HANGZHOU = ZoneInfo("Asia/Shanghai")


def now_utc() -> datetime:
    """The current time, aware, in UTC. Only entry points call this; rules take `now`."""
    return datetime.now(UTC)


class KnownTime:
    """A lower bound of the current time, where the system clock is set back or starts late."""

    def __init__(self, wall: Callable[[], datetime] = now_utc) -> None:
        self._wall = wall
        self._noted, self._noted_at = wall(), time.monotonic()

    def note(self, moment: datetime) -> None:
        """Record a moment (aware) that has passed, such as the time of the newest log entry."""
        if moment > self.at_least():
            self._noted, self._noted_at = moment, time.monotonic()

    def at_least(self) -> datetime:
        """The latest moment, in UTC, that has certainly passed."""
        passed = timedelta(seconds=time.monotonic() - self._noted_at)
        return max(self._wall(), self._noted + passed)

    def behind(self) -> timedelta:
        """How far the system's clock is known to be behind; zero where it is under a minute."""
        lag = self.at_least() - self._wall()
        return lag if lag > timedelta(minutes=1) else timedelta()

    def latest(self) -> datetime:
        """The latest that the current time may be, in UTC.

        A clock that is known to be behind may be behind by more than is known. A year is added
        then, so that no correct time of a phone is refused as lying in the future.
        """
        return self.at_least() + timedelta(days=366) if self.behind() else self._wall()


def day_of(moment: datetime) -> date:
    """The calendar day of `moment` (aware) in Asia/Shanghai."""
    return moment.astimezone(HANGZHOU).date()


def midnight(day: date) -> datetime:
    """The first moment of `day` in Asia/Shanghai, aware."""
    return datetime(day.year, day.month, day.day, tzinfo=HANGZHOU)
