"""Days as others write them."""

from datetime import date

import pytest

from observations.exchange.survey_file.dates import days_of, days_of_parts
from observations.exchange.survey_file.problems import RowProblem

TODAY = date(2026, 5, 9)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-05-09", date(2023, 5, 9), date(2023, 5, 9)),
        ("2023/5/9", date(2023, 5, 9), date(2023, 5, 9)),
        ("2023.05.09", date(2023, 5, 9), date(2023, 5, 9)),
        ("20230509", date(2023, 5, 9), date(2023, 5, 9)),
        ("2023年5月9日", date(2023, 5, 9), date(2023, 5, 9)),
        ("2023年5月", date(2023, 5, 1), date(2023, 5, 31)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("1999-06-18 00:00:00.0", date(1999, 6, 18), date(1999, 6, 18)),
        ("2023-05-01/2023-05-07", date(2023, 5, 1), date(2023, 5, 7)),
        ("2023-05-01/07", date(2023, 5, 1), date(2023, 5, 7)),
        ("2024/2025", date(2024, 1, 1), date(2025, 12, 31)),
        ("2024-05/2024-06", date(2024, 5, 1), date(2024, 6, 30)),
        ("2024-05/06", date(2024, 5, 1), date(2024, 6, 30)),
        ("2013-11-13/15", date(2013, 11, 13), date(2013, 11, 15)),
        ("2024-05-01T08:00/09:00", date(2024, 5, 1), date(2024, 5, 1)),
        ("2024-05-01T08:00/2024-05-02T09:00", date(2024, 5, 1), date(2024, 5, 2)),
        ("2024-122", date(2024, 5, 1), date(2024, 5, 1)),
        ("2024-05-01 03:42 PM", date(2024, 5, 1), date(2024, 5, 1)),
        ("2024-05-01 上午8:30", date(2024, 5, 1), date(2024, 5, 1)),
        ("\uff12\uff10\uff12\uff14-05-01", date(2024, 5, 1), date(2024, 5, 1)),
        ("2026", date(2026, 1, 1), TODAY),  # what is still to come is not claimed
    ],
)
def test_a_date_is_a_span_of_days(text: str, first: date, last: date) -> None:
    assert days_of(text, TODAY) == (first, last)


def test_a_time_with_an_offset_is_a_day_in_hangzhou() -> None:
    assert days_of("2023-05-09T20:30:00Z", TODAY)[0] == date(2023, 5, 10)
    assert days_of("2023-05-09T20:30:00+08:00", TODAY)[0] == date(2023, 5, 9)
    assert days_of("2023-05-09 23:30:00 +0000", TODAY)[0] == date(2023, 5, 10)


@pytest.mark.parametrize(
    "text",
    ["05/06/2023", "2023-13-01", "2023-02-30", "spring", "0023-01-01", "2023-05-07/2023-05-01"]
    + ["2024-05-01 到 2024-05-03", "2024-05-01至2024-05-03", "2024-05-01 - 2024-05-03"]
    + ["2024-05-01 2024-05-03", "2024-05-01, 2024-05-03", "2024-05-01~03", "2024-05-01?"]
    + ["2024-05-01 spring", "2024-05-01 25:00", "2025/2024", "2023-366", "2024-05-01/"],
)
def test_what_nobody_can_know_is_refused(text: str) -> None:
    with pytest.raises(RowProblem) as refused:
        days_of(text, TODAY)
    assert refused.value.code == "date_unreadable"


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(RowProblem) as refused:
        days_of("2026-05-10", TODAY)
    assert refused.value.code == "date_in_the_future"


def test_year_month_and_day_may_stand_apart() -> None:
    assert days_of_parts("2023", "5", "9", TODAY) == (date(2023, 5, 9), date(2023, 5, 9))
    assert days_of_parts("2023", "", "9", TODAY) == (date(2023, 1, 1), date(2023, 12, 31))
