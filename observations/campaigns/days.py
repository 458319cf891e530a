"""The yearly days of nature protection that the city observes."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class NatureDay:
    """A day of every year, by the calendar of Asia/Shanghai."""

    month: int
    day: int
    name_zh: str
    name_en: str

    def name(self, language: str) -> str:
        """Its name in `language` ("zh" or "en")."""
        return self.name_en if language == "en" else self.name_zh

    def on_or_after(self, today: date) -> date:
        """Its next date, `today` (Asia/Shanghai) included."""
        this_year = date(today.year, self.month, self.day)
        return this_year if this_year >= today else date(today.year + 1, self.month, self.day)


@cache
def nature_days() -> tuple[NatureDay, ...]:
    """The days in days.csv, which states who set each."""
    with Path(__file__).with_name("days.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            NatureDay(int(row["month"]), int(row["day"]), row["name_zh"], row["name_en"])
            for row in csv.DictReader(file)
        )


def next_day(today: date) -> tuple[NatureDay, date]:
    """The next nature day, and its date; `today` is a day of Asia/Shanghai."""
    days = ((day, day.on_or_after(today)) for day in nature_days())
    return min(days, key=lambda pair: pair[1])
