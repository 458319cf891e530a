import random

from observations.satisfaction.figures.estimates import Estimate, Part, estimate
from observations.satisfaction.figures.ranking import RankRange, rank_ranges


def between(low, high, n=100):
    return Estimate(n, (low + high) / 2, low, high)


def test_intervals_that_do_not_touch_give_certain_ranks():
    ranges = rank_ranges({"a": between(80, 82), "b": between(70, 72), "c": between(60, 62)})
    assert ranges == {"a": RankRange(1, 1), "b": RankRange(2, 2), "c": RankRange(3, 3)}


def test_overlap_widens_the_range():
    ranges = rank_ranges({"a": between(84, 90), "b": between(74, 90), "c": between(69, 81)})
    # 87 ± 3, 82 ± 8, 75 ± 6: a and c are apart, b is near both
    assert ranges == {"a": RankRange(1, 2), "b": RankRange(1, 3), "c": RankRange(2, 3)}


def test_when_nothing_is_certain_everyone_may_hold_any_rank():
    ranges = rank_ranges({name: between(70, 80) for name in "abcd"})
    assert set(ranges.values()) == {RankRange(1, 4)}


def test_fewer_than_thirty_answers_have_no_rank_and_count_for_nobody():
    ranges = rank_ranges({"few": between(90, 95, n=29), "a": between(70, 72), "b": between(60, 62)})
    assert ranges == {"a": RankRange(1, 1), "b": RankRange(2, 2)}
    assert "few" in rank_ranges({"few": between(90, 95, n=30)})


def test_an_open_range_says_that_nothing_is_decided():
    assert RankRange(1, 4).is_open(4)
    assert not RankRange(1, 3).is_open(4)
    assert not RankRange(1, 1).is_open(1)


def test_pairs_are_told_apart_sooner_than_intervals_stop_to_overlap():
    found = {"a": between(80, 86), "b": between(74, 80.5)}
    assert rank_ranges(found) == {"a": RankRange(1, 1), "b": RankRange(2, 2)}


def test_districts_that_are_alike_are_called_apart_five_times_in_a_hundred_at_most():
    chance = random.Random(20261002)
    wrong, rounds = 0, 150
    for _ in range(rounds):
        ranges = rank_ranges({str(k): _people(chance, 0.75) for k in range(13)})
        wrong += not ranges["0"].is_open(13)
    assert wrong / rounds < 0.11  # 5 %, and three standard errors of 150 rounds


def test_nobody_is_ranked_in_an_empty_city():
    assert rank_ranges({}) == {}


def test_the_range_holds_the_true_rank():
    chance = random.Random(20261001)
    rounds, right, districts = 100, 0, 0
    for _ in range(rounds):
        rates = sorted((chance.uniform(0.55, 0.95) for _ in range(13)), reverse=True)
        answered = {str(k): _people(chance, rate) for k, rate in enumerate(rates, 1)}
        for name, ranks in rank_ranges(answered).items():
            right += ranks.best <= int(name) <= ranks.worst
            districts += 1
    assert districts == 13 * rounds
    assert right / districts > 0.98


def _people(chance, rate):
    """Thirty to four hundred people, each answer the sum of four coins of `rate`."""
    answers = [
        sum(chance.random() < rate for _ in range(4)) for _ in range(chance.randint(30, 400))
    ]
    return estimate([Part.of_counts([answers.count(x) for x in range(5)])])
