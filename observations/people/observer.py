"""An observer: anyone who contributes. No account, no real name, no phone number."""

import csv
import functools
import random
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from observations.base.wording import N_

ELSEWHERE = "elsewhere"  # 不住杭州: counts in no district
ERASED_NICKNAME = N_("已离开的观察者")

_PARTS = Path(__file__).with_name("nicknames.csv")  # places of the city, animals and people


@dataclass(frozen=True)
class Observer:
    """One contributor.

    `on_boards` is None until asked; `home_district` an adcode, `ELSEWHERE`, or None until chosen.
    """

    observer_id: UUID
    nickname: str
    home_district: str | None
    on_boards: bool | None
    joined_at: datetime
    erased_at: datetime | None
    is_demo: bool


@functools.cache
def nicknames() -> tuple[str, ...]:
    """Every generated nickname: each place with each person."""
    with _PARTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(where["place"] + who["person"] for where in rows for who in rows)


def suggest_nickname(choice: random.Random) -> str:
    """A nickname from the generated list, which reveals nothing about the person."""
    return choice.choice(nicknames())
