from datetime import UTC, date, datetime

import pytest

from observations.base.errors import Refused
from observations.satisfaction.waves import Wave, wave_of


def test_a_wave_is_a_quarter():
    wave = wave_of(datetime(2026, 11, 3, 4, tzinfo=UTC))
    assert wave == Wave(2026, 4)
    assert wave.wave_id == "2026Q4"
    assert (wave.first_day, wave.last_day) == (date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_quarter(month):
    wave = wave_of(datetime(2026, month, 15, tzinfo=UTC))
    assert wave.first_day <= date(2026, month, 15) <= wave.last_day


def test_the_quarter_turns_at_midnight_in_hangzhou():
    assert wave_of(datetime(2026, 9, 30, 15, 59, tzinfo=UTC)).wave_id == "2026Q3"
    assert wave_of(datetime(2026, 9, 30, 16, 0, tzinfo=UTC)).wave_id == "2026Q4"


def test_the_last_quarter_is_followed_by_a_new_year():
    assert Wave(2026, 4).next == Wave(2027, 1)
    assert Wave(2026, 1).next == Wave(2026, 2)


def test_waves_are_in_the_order_of_time():
    assert Wave(2025, 4) < Wave(2026, 1) < Wave(2026, 2)


def test_a_wave_is_found_by_its_name():
    assert Wave.named("2026Q4") == Wave(2026, 4)


@pytest.mark.parametrize(
    "name", ["", "2026", "2026Q5", "2026Q0", "26Q1", "0000Q1", "2026q1", "２０２６Q1", "2026Q1 "]
)
def test_other_names_are_refused(name):
    with pytest.raises(Refused) as refusal:
        Wave.named(name)
    assert refusal.value.code == "satisfaction.no_such_wave"
