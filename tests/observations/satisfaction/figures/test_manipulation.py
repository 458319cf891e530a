import random
from datetime import date, timedelta

import pytest

from observations.satisfaction.figures.manipulation import Reason, Trace, patterns

FIRST = date(2026, 10, 1)
XIHU, YUHANG = "330106", "330110"


def honest(count, first=0, seed=7, district=XIHU, day=None, is_proven=False, straight=0.1):
    chance = random.Random(seed)
    people = []
    for key in range(first, first + count):
        mood = chance.choices((1, 2, 3, 4, 5), (3, 6, 18, 34, 39))[0]
        sheet = tuple(min(max(mood + chance.randint(-1, 1), 1), 5) for _ in range(9))
        if chance.random() < straight:
            sheet = (mood,) * 9
        when = day or FIRST + timedelta(days=chance.randint(0, 89))
        people.append(Trace(key, district, when, (*sheet, mood), mood, is_proven))
    return people


def made_up(count, first=1000, day=FIRST, spread=0, jitter=False, district=XIHU, score=5):
    chance = random.Random(5)
    people = []
    for k in range(count):
        sheet = tuple(chance.choice((3, 4, 5, 5)) if jitter else score for _ in range(9))
        when = day + timedelta(days=k % (spread + 1))
        people.append(Trace(first + k, district, when, (*sheet, score), score))
    return people


def keys(found):
    return {key for one in found for key in one.keys}


def test_honest_people_keep_their_full_weight_those_who_tick_one_answer_too():
    assert patterns(honest(400)) == []


@pytest.mark.parametrize("size", [15, 60])
def test_a_class_that_answers_together_on_one_day_keeps_its_say(size):
    assert patterns(honest(100) + honest(size, 300, seed=9, day=FIRST)) == []


def test_a_lean_alone_is_no_reason():
    gloomy = [
        Trace(1000 + one.key, XIHU, FIRST, tuple(max(1, a - 2) for a in one.answers), 2)
        if one.key % 2
        else Trace(1000 + one.key, XIHU, FIRST, one.answers, one.ranked)
        for one in honest(60, seed=3)
    ]
    assert patterns(honest(100) + gloomy) == []


@pytest.mark.parametrize(
    ("fakes", "reason"),
    [
        (made_up(100), Reason.IDENTICAL),
        (made_up(100, spread=13), Reason.IDENTICAL),
        (made_up(100, score=1), Reason.IDENTICAL),
        (made_up(100, jitter=True), Reason.BURST),
        (made_up(100, jitter=True, spread=13), Reason.BURST),
    ],
)
def test_a_coordinated_pattern_is_found_on_whatever_networks_with_its_reason(fakes, reason):
    people = honest(60)
    found = patterns(people + fakes)
    assert keys(found) >= {fake.key for fake in fakes}
    assert len(keys(found)) <= 110
    assert {one.reason for one in found} == {reason}


def test_a_pattern_weighs_together_what_chance_would_have_brought():
    (one,) = patterns(honest(60) + made_up(100))
    assert 1 <= one.weight * len(one.keys) <= 15


def test_the_same_sheet_a_few_times_in_each_district_is_found_in_the_city():
    districts = [f"3301{n:02d}" for n in range(10)]
    people = [t for n, d in enumerate(districts) for t in honest(15, 100 * n, seed=n, district=d)]
    fakes = [t for n, d in enumerate(districts) for t in made_up(9, 5000 + 100 * n, district=d)]
    found = patterns(people + fakes)
    assert keys(found) >= {fake.key for fake in fakes}
    assert "" in {one.district for one in found}


def test_what_those_who_proved_it_say_as_often_is_no_pattern():
    proven = [
        Trace(k, XIHU, FIRST + timedelta(days=k), (5,) * 10, 5, is_proven=True) for k in range(60)
    ]
    assert patterns(proven + made_up(50, spread=13)) == []


def test_a_proof_is_never_doubted():
    proven = [Trace(k, XIHU, FIRST, (5,) * 10, 5, is_proven=True) for k in range(200)]
    assert keys(patterns(honest(100, 1000) + proven)) == set()


def test_nine_are_no_pattern():
    assert patterns(honest(20) + made_up(9)) == []


def test_the_name_of_a_pattern_stays_while_sheets_join_it():
    (before,), (after,) = (patterns(honest(60) + made_up(count)) for count in (80, 100))
    assert before.name == after.name


def test_nobody_is_no_pattern():
    assert patterns([]) == []
