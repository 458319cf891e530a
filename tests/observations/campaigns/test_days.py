"""The nature days come round every year."""

from datetime import date

import pytest

from observations.campaigns.days import nature_days, next_day


@pytest.mark.parametrize(
    ("today", "name", "when"),
    [
        (date(2026, 5, 22), "国际生物多样性日", date(2026, 5, 22)),
        (date(2026, 5, 23), "六五环境日", date(2026, 6, 5)),
        (date(2026, 8, 16), "国际无废日", date(2027, 3, 30)),
    ],
)
def test_the_next_day_is_today_or_later(today: date, name: str, when: date) -> None:
    day, found = next_day(today)

    assert (day.name("zh"), found) == (name, when)


def test_every_day_has_a_name_in_both_languages() -> None:
    assert all(day.name("zh") and day.name("en") for day in nature_days())
