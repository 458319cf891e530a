import random
from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest

from observations.satisfaction.dimensions import RANKED, Dimension, Subtotal
from observations.satisfaction.figures.board import board, sampled, tier_estimates
from observations.satisfaction.figures.manipulation import Reason
from observations.satisfaction.figures.profiles import ORDER, Profile
from observations.satisfaction.margins import CITY, MarginRow, census
from observations.satisfaction.tiers import Tier
from observations.satisfaction.waves import Wave

WAVE = Wave(2026, 4)
DISTRICTS = ["330102", "330106", "330108", "330110"]
DAY = date(2026, 11, 3)


def answers(**by_name):
    row = [None] * len(Dimension)
    for name, answer in by_name.items():
        row[ORDER[Dimension(name)]] = answer
    return tuple(row)


def people_of(district, counts, dimension=RANKED, tier=Tier.SELF_DECLARED, network="", age=None):
    return [
        Profile(district, tier, age, None, network, DAY, answers(**{dimension: x}), k)
        for x, k in enumerate(counts, 1)
        if k
    ]


def drawn(*counts, margins=None, before=None):
    people = [row for rows in counts for row in rows]
    return board(WAVE, people, DISTRICTS, margins or census(), before=before)


def row_of(wave_board, district):
    return next(row for row in wave_board.rows if row.district == district)


def test_every_district_has_a_row_on_an_empty_board():
    empty = drawn()
    assert [row.district for row in empty.rows] == DISTRICTS
    assert empty.ranked == []
    assert empty.city == {}
    assert not empty.is_undecided


def test_ranked_districts_come_first_and_the_best_of_them_on_top():
    wave_board = drawn(
        people_of("330102", [0, 0, 5, 5, 0]),
        people_of("330106", [0, 20, 20, 0, 0]),
        people_of("330110", [0, 0, 0, 20, 20]),
    )
    assert [row.district for row in wave_board.rows] == ["330110", "330106", "330102", "330108"]
    assert [row.district for row in wave_board.unranked] == ["330102", "330108"]
    assert (wave_board.ranked[0].ranks.best, wave_board.ranked[0].ranks.worst) == (1, 1)


def test_where_nothing_can_be_told_apart_the_board_says_so():
    same = [5, 5, 10, 10, 5]
    assert drawn(people_of("330102", same), people_of("330106", same)).is_undecided


def test_too_few_to_rank_says_how_many_are_missing():
    row = row_of(drawn(people_of("330102", [0, 0, 5, 5, 13])), "330102")
    assert (row.ranks, row.overall.n, row.missing) == (None, 23, 7)


def test_under_ten_nothing_is_told_not_even_how_many():
    wave_board = drawn(people_of("330102", [0, 0, 0, 4, 5]))
    assert row_of(wave_board, "330102").overall is None
    assert row_of(wave_board, "330102").missing is None
    assert wave_board.city == {}


def test_the_order_of_the_unranked_does_not_tell_how_many_answered():
    wave_board = drawn(people_of("330110", [0, 0, 0, 0, 29]), people_of("330102", [0, 0, 0, 0, 3]))
    assert [row.district for row in wave_board.unranked] == DISTRICTS


def test_a_question_is_withheld_by_its_own_answers():
    wave_board = drawn(
        people_of("330102", [0, 0, 5, 5, 30]), people_of("330102", [0, 0, 0, 9, 0], Dimension.NOISE)
    )
    assert set(wave_board.rows[0].estimates) == {RANKED}


def test_the_city_counts_districts_by_their_people():
    # The census: 上城区 1,323,467 and 西湖区 1,089,229; thirty answers at 100 and ten at 0.
    wave_board = drawn(people_of("330102", [0, 0, 0, 0, 30]), people_of("330106", [10, 0, 0, 0, 0]))
    assert wave_board.city[RANKED].n == 40
    assert wave_board.city[RANKED].mean == pytest.approx(100 * 1_323_467 / (1_323_467 + 1_089_229))


def test_a_word_counts_half_of_a_proof():
    word = people_of("330102", [20, 0, 0, 0, 0])
    proof = people_of("330102", [0, 0, 0, 0, 20], tier=Tier.STAFF_VERIFIED)
    assert row_of(drawn(word, proof), "330102").overall.mean == pytest.approx(100 * 2 / 3)
    wave_board = drawn(word, proof).tiers
    assert wave_board[Tier.SELF_DECLARED].mean == 0
    assert wave_board[Tier.STAFF_VERIFIED].mean == 100
    assert wave_board[Tier.ON_SITE] is None


def test_ages_are_raked_to_the_margins_staff_keep():
    margins = [
        *census(),
        MarginRow(CITY, "age", "18-59", 60, "made up for this test", 2020),
        MarginRow(CITY, "age", "60+", 40, "made up for this test", 2020),
    ]
    wave_board = drawn(
        people_of("330102", [0, 0, 0, 0, 90], age="18-59"),
        people_of("330102", [10, 0, 0, 0, 0], age="60+"),
        margins=margins,
    )
    assert wave_board.city[RANKED].mean == pytest.approx(60)
    assert wave_board.weights.effective < 100


def test_a_subtotal_is_the_mean_of_its_questions_means():
    wave_board = drawn(
        people_of("330102", [0, 0, 10, 0, 10], Dimension.WASTE),
        people_of("330102", [0, 0, 0, 0, 12], Dimension.RECYCLE),
    )
    row = row_of(wave_board, "330102")
    assert row.estimates[Subtotal.ZERO_WASTE].mean == pytest.approx((75 + 100) / 2)
    assert row.estimates[Subtotal.ZERO_WASTE].n == 12
    assert Subtotal.FIVE_WATERS not in row.estimates


def test_a_subtotal_is_withheld_with_any_of_its_questions():
    wave_board = drawn(
        people_of("330102", [0, 0, 10, 0, 10], Dimension.WASTE),
        people_of("330102", [0, 0, 0, 0, 9], Dimension.RECYCLE),
    )
    assert Subtotal.ZERO_WASTE not in row_of(wave_board, "330102").estimates


def test_the_change_since_the_last_wave_has_an_interval():
    before = drawn(people_of("330102", [0, 30, 30, 0, 0]))
    change = row_of(drawn(people_of("330102", [0, 0, 30, 30, 0]), before=before), "330102").change
    assert change.points == pytest.approx(25)
    assert 0 < change.low < 25 < change.high
    again = row_of(drawn(people_of("330102", [0, 30, 30, 0, 0]), before=before), "330102").change
    assert again.low < 0 < again.high


def test_what_is_set_apart_is_counted_with_its_reason_and_moves_nothing():
    honest = [*people_of("330102", [10, 20, 60, 60, 50])]
    farm = people_of("330102", [0, 0, 0, 0, 60], network="farm")
    wave_board = drawn(honest, farm)
    assert wave_board.apart == {Reason.IDENTICAL: 60}
    assert row_of(wave_board, "330102").overall == row_of(drawn(honest), "330102").overall


def test_one_to_nine_set_apart_are_not_counted_aloud():
    honest = people_of("330102", [60, 60, 60, 20, 2])
    assert drawn(honest, people_of("330102", [0, 0, 0, 0, 9], network="farm")).apart == {
        Reason.IDENTICAL: None
    }


def test_a_district_that_is_none_of_the_city_s_is_not_counted():
    assert drawn(people_of("310115", [0, 0, 0, 0, 50])).city == {}


# Nothing under ten may be found by adding and subtracting what is published.


def spans(vectors, target_sum):
    """Whether `wanted` is a sum of multiples of `vectors`, by exact elimination."""
    rows = [list(map(Fraction, vector)) for vector in vectors]
    target = list(map(Fraction, target_sum))
    for column in range(len(target)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows = [
            [a - row[column] / pivot[column] * b for a, b in zip(row, pivot, strict=True)]
            for row in rows
        ]
        factor = target[column] / pivot[column]
        target = [a - factor * b for a, b in zip(target, pivot, strict=True)]
    return not any(target)


SIZES = (0, 3, 8, 12, 40)


@pytest.mark.parametrize("seed", range(60))
def test_no_small_group_can_be_found_by_subtraction(seed):
    chance = random.Random(seed)
    cells = {(d, t): chance.choice(SIZES) for d in DISTRICTS for t in Tier}
    people = [
        profile
        for (district, tier), n in cells.items()
        for profile in people_of(district, [0, 0, 0, n, 0], tier=tier)
    ]
    wave_board = drawn(people)
    atoms = [cell for cell, n in cells.items() if n]
    published = published_sets(wave_board, people, atoms)
    for size in range(1, len(atoms) + 1):
        for group in combinations(atoms, size):
            if sum(cells[atom] for atom in group) < 10:
                assert not spans(published, [atom in group for atom in atoms]), group


def published_sets(wave_board, people, atoms):
    """Each published figure as the set of (district, tier) cells it is made of."""
    shown = [row.district for row in wave_board.rows if row.overall]
    sets = [[d == district for d, _ in atoms] for district in shown]
    if RANKED in wave_board.city:
        out = left_out(wave_board, people)
        sets.append([d not in out for d, _ in atoms])
        sets += [
            [t is tier and d not in out for d, t in atoms]
            for tier, estimate in wave_board.tiers.items()
            if estimate
        ]
    return sets


def left_out(wave_board, people):
    """The districts that the city's figure leaves out, found by its number of answers."""
    withheld = {p.district for p in people} - {
        row.district for row in wave_board.rows if row.overall
    }
    hidden = sum(p.people for p in people if p.district in withheld)
    whole = sum(p.people for p in people)
    assert wave_board.city[RANKED].n in (whole, whole - hidden)
    return withheld if wave_board.city[RANKED].n < whole else set()


def test_a_small_tier_takes_the_next_one_with_it():
    people = [
        *people_of("330102", [0, 0, 0, 0, 40]),
        *people_of("330102", [0, 0, 0, 0, 20], tier=Tier.ON_SITE),
        *people_of("330102", [0, 0, 0, 0, 4], tier=Tier.STAFF_VERIFIED),
    ]
    wave_board = tier_estimates(sampled(people, census()), ["330102"], ())
    assert [tier for tier, estimate in wave_board.items() if estimate] == [Tier.SELF_DECLARED]
