import random
from datetime import date, timedelta

import pytest

from observations.satisfaction.figures.manipulation import Reason, Trace, set_apart

FIRST = date(2026, 10, 1)
XIHU, YUHANG = "330106", "330110"


def honest(count, network="home {}", first=0, seed=7, district=XIHU, day=None):
    chance = random.Random(seed)
    found = []
    for key in range(first, first + count):
        mood = chance.choices((1, 2, 3, 4, 5), (3, 6, 18, 34, 39))[0]
        sheet = tuple(min(max(mood + chance.randint(-1, 1), 1), 5) for _ in range(9))
        when = day or FIRST + timedelta(days=chance.randint(0, 89))
        found.append(
            Trace(key, district, network.format(key), when, (*sheet, mood), (mood - 1) * 25.0)
        )
    return found


def made_up(count, first=1000, network="farm", day=FIRST, spread=0, jitter=False, district=XIHU):
    chance = random.Random(5)
    found = []
    for k in range(count):
        sheet = tuple(chance.choice((3, 4, 5, 5)) if jitter else 5 for _ in range(9))
        when = day + timedelta(days=k % (spread + 1))
        found.append(Trace(first + k, district, network, when, (*sheet, 5), 100.0))
    return found


def test_honest_people_are_left_alone_an_office_s_network_too():
    assert set_apart(honest(360) + honest(40, "office", 360, seed=8)) == {}


def test_a_class_that_answers_together_on_one_day_is_left_alone():
    assert set_apart(honest(300) + honest(40, "school", 300, seed=9, day=FIRST)) == {}


@pytest.mark.parametrize(
    ("fakes", "reason"),
    [
        (made_up(60), Reason.IDENTICAL),
        (made_up(60, jitter=True), Reason.BURST),
        (made_up(60, jitter=True, spread=13), Reason.NETWORK),
    ],
)
def test_made_up_answers_are_found_with_their_reason(fakes, reason):
    people = honest(400)
    apart = set_apart(people + fakes)
    assert set(apart) == {fake.key for fake in fakes}
    assert set(apart.values()) == {reason}


def test_a_few_alike_in_one_family_are_left_alone():
    assert set_apart(honest(200) + made_up(5)) == {}


def test_a_burst_among_the_honest_of_a_large_network_takes_none_of_them():
    mobile = honest(200, "mobile", 400, seed=11)
    fakes = made_up(60, network="mobile", jitter=True)
    apart = set_apart(honest(400) + mobile + fakes)
    assert set(apart) >= {fake.key for fake in fakes}
    assert sum(trace.key in apart for trace in mobile) <= 4


def test_one_network_over_many_districts_is_found():
    everywhere = honest(200) + honest(200, first=200, seed=3, district=YUHANG)
    fakes = made_up(12, jitter=True) + made_up(12, 2000, jitter=True, district=YUHANG)
    apart = set_apart(everywhere + fakes)
    assert set(apart) == {fake.key for fake in fakes}


def test_answers_without_a_network_are_never_set_apart():
    assert set_apart([*honest(200), *made_up(60, network="")]) == {}


def test_where_there_is_nobody_to_compare_with_nobody_is_set_apart():
    assert set_apart(made_up(60, jitter=True)) == {}
