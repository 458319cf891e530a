"""The days of the half-year: busier at weekends, and busiest on nature days."""

from datetime import date, datetime, time, timedelta

from observations.base.clock import HANGZHOU, day_of
from observations.demo.dice import Dice

HALF_YEAR = timedelta(days=182)
WEEKEND = 2.2
# 国际生物多样性日, 六五环境日, 全国生态日, 国际无废日.
CALLING = {(5, 22): 6.0, (6, 5): 4.0, (8, 15): 3.0, (3, 30): 2.0}
# The growth of a new service: the last day has this many times the records of the first.
GROWTH = 2.0


def weights_of_days(start: datetime, now: datetime) -> dict[date, float]:
    """The relative activity of each day, from the day of `start` to today (Asia/Shanghai)."""
    first, last = day_of(start), day_of(now)
    count = (last - first).days + 1
    return {
        day: _weight(day) * (1 + (GROWTH - 1) * number / count)
        for number, day in enumerate(first + timedelta(days=step) for step in range(count))
    }


def _weight(day: date) -> float:
    usual = WEEKEND if day.weekday() >= 5 else 1.0
    return CALLING.get((day.month, day.day), usual)


def moment_on(day: date, dice: Dice, first_hour: float, last_hour: float) -> datetime:
    """A moment of a day between two hours in Asia/Shanghai, in whole seconds; aware."""
    hours = dice.triangular(first_hour, last_hour)
    return datetime.combine(day, time(), HANGZHOU) + timedelta(seconds=int(hours * 3600))
