"""Chance that can be repeated."""

from datetime import UTC, datetime

import pytest

from observations.demo.dice import Dice, WeightedChoice

MOMENT = datetime(2026, 5, 9, 1, 42, tzinfo=UTC)


def test_the_same_seed_gives_the_same_ids() -> None:
    one, other = Dice(7), Dice(7)

    assert [one.id_at(MOMENT), one.random_id()] == [other.id_at(MOMENT), other.random_id()]


def test_an_id_tells_its_time_as_uuid7_does() -> None:
    made = Dice(7).id_at(MOMENT)

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(MOMENT.timestamp() * 1000)


def test_a_wheel_never_stops_where_there_is_no_weight() -> None:
    dice, wheel = Dice(7), WeightedChoice({"often": 3.0, "never": 0.0, "seldom": 1.0})
    turns = [wheel.pick(dice) for _ in range(400)]

    assert "never" not in turns
    assert turns.count("often") == pytest.approx(300, abs=40)


def test_a_few_are_that_many_on_average() -> None:
    dice = Dice(7)

    assert sum(dice.few(4) for _ in range(4000)) / 4000 == pytest.approx(4, rel=0.1)
