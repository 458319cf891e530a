"""Five quarters of demo answers."""

from collections import Counter
from datetime import date

import pytest

from observations.demo.dice import Dice
from observations.demo.responses import FEWEST, MOST, last_waves
from observations.demo.responses import responses as demo_responses
from observations.places.districts import DISTRICTS
from observations.satisfaction.figures.ranking import RANKED_FROM
from observations.satisfaction.responses import Response
from observations.satisfaction.tiers import PROVEN

TODAY = date(2026, 5, 9)


@pytest.fixture(scope="module")
def responses() -> list[Response]:
    return list(demo_responses(Dice(1), TODAY))


def test_the_last_five_quarters_end_with_the_one_that_runs() -> None:
    names = [wave.wave_id for wave in last_waves(TODAY)]

    assert names == ["2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2"]


@pytest.mark.parametrize("today", [TODAY, date(2026, 4, 1), date(2026, 6, 30)])
def test_on_any_day_ten_districts_can_be_ranked_and_three_are_on_their_way(today: date) -> None:
    rows = [r for r in demo_responses(Dice(1), today) if r.turn == 1]
    people = Counter((r.wave_id, r.district) for r in rows)
    proved = Counter((r.wave_id, r.district) for r in rows if r.circumstances.tier in PROVEN)

    assert len(people) == 5 * len(DISTRICTS)
    assert min(people.values()) >= FEWEST
    assert 100 < max(people.values()) <= MOST
    for wave in last_waves(today):
        own = [proved[wave.wave_id, district] for district in DISTRICTS]
        assert sum(n >= RANKED_FROM for n in own) == 10
        assert sum(0 < n < RANKED_FROM for n in own) == 3


def test_nobody_answers_after_today_or_outside_the_quarter(responses: list[Response]) -> None:
    waves = {wave.wave_id: wave for wave in last_waves(TODAY)}

    for response in responses:
        wave = waves[response.wave_id]
        assert wave.first_day <= response.answered_on <= min(wave.last_day, TODAY)


def test_every_answer_is_marked_and_a_reason_stands_beside_a_low_one_only(
    responses: list[Response],
) -> None:
    assert all(response.is_demo for response in responses)
    assert all(r.questionnaire.asks_why for r in responses if r.questionnaire.reason)
