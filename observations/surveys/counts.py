"""How many new species there are: every publisher's own count, never added up.

The bureau's report counts 4 and 2 in 2023, the white paper of May 2024 counts 5, Yuhang's
survey adds 4 for China. Which four the bureau means can't be told from what was published.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from observations.surveys.levels import Level


@dataclass(frozen=True)
class PublishedCount:
    """One published number; `scope` is the adcode it speaks of, `phrase` the exact words."""

    code: str
    level: Level
    number: int
    scope: str
    published_on: date | None
    phrase: str
    source: str


@cache
def published_counts() -> tuple[PublishedCount, ...]:
    """The counts of counts.csv, in its order."""
    with Path(__file__).with_name("counts.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_count(row) for row in csv.DictReader(file))


def _count(row: dict[str, str]) -> PublishedCount:
    day = row["published_on"]
    return PublishedCount(
        code=row["code"],
        level=Level(row["level"]),
        number=int(row["number"]),
        scope=row["scope"],
        published_on=date.fromisoformat(day) if day else None,
        phrase=row["phrase"],
        source=row["source"],
    )
