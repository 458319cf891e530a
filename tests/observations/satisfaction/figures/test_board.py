from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from observations.base.clock import midnight
from observations.satisfaction.dimensions import RANKED, Dimension, Subtotal
from observations.satisfaction.figures.board import with_unsure
from observations.satisfaction.figures.manipulation import Reason
from observations.satisfaction.figures.profiles import ORDER, Profile
from observations.satisfaction.margins import CITY, MarginRow, census
from observations.satisfaction.publication.counted import Basis, Sheet
from observations.satisfaction.publication.next_publication import Material, next_publication
from observations.satisfaction.publication.times import Due, Kind
from observations.satisfaction.tiers import Tier
from observations.satisfaction.waves import Wave

WAVE = Wave(2026, 4)
DISTRICTS = ["330102", "330106", "330108", "330110"]
DAY, MONDAY = date(2026, 11, 3), date(2026, 11, 9)


def answers(**by_name):
    row = [None] * len(Dimension)
    for name, answer in by_name.items():
        row[ORDER[Dimension(name)]] = answer
    return tuple(row)


def people_of(district, counts, dimension=RANKED, tier=Tier.STAFF_VERIFIED, network="", age=None):
    return [
        Profile(district, tier, age, None, network, DAY, answers(**{dimension: x}), k)
        for x, k in enumerate(counts, 1)
        if k
    ]


def by_word(district, counts, **other):
    return people_of(district, counts, tier=Tier.SELF_DECLARED, **other)


def made(*counts, margins=None, before=None, kind=Kind.WEEKLY):
    """The first publication of these people."""
    people = [row for rows in counts for row in rows]
    sheets = [
        Sheet(UUID(int=n), str(n), replace(profile, people=1))
        for n, profile in enumerate(one for one in people for _ in range(one.people))
    ]
    of = Material(WAVE, DISTRICTS, sheets, margins or census(), before=before)
    return next_publication(of, Due(kind, midnight(MONDAY), MONDAY), [])[0]


def drawn(*counts, margins=None, before=None):
    return made(*counts, margins=margins, before=before).board(DISTRICTS, margins or census())


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


def test_too_few_to_rank_says_in_tens_how_many_are_missing():
    row = row_of(drawn(people_of("330102", [0, 0, 5, 5, 13])), "330102")
    assert (row.ranks, row.overall.n, row.missing) == (None, 20, 10)


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
    assert wave_board.city[RANKED].mean == pytest.approx(
        100 * 1_323_467 / (1_323_467 + 1_089_229), abs=0.05
    )


def test_answers_without_proof_never_move_a_rank_nor_the_figure_that_is_ranked():
    proofs = [*people_of("330102", [0, 0, 20, 10, 5]), *people_of("330106", [0, 0, 5, 10, 20])]
    flood = [*by_word("330102", [0, 0, 0, 0, 900]), *by_word("330106", [900, 0, 0, 0, 0])]
    flood += by_word("330108", [0, 0, 0, 0, 900])
    quiet, flooded = drawn(proofs), drawn(proofs, flood)
    assert [row.district for row in flooded.rows] == [row.district for row in quiet.rows]
    for before, after in zip(quiet.rows, flooded.rows, strict=True):
        assert (before.estimates, before.ranks, before.missing) == (
            after.estimates,
            after.ranks,
            after.missing,
        )
    assert flooded.city == quiet.city
    assert row_of(flooded, "330108").declared[RANKED].mean == 100
    assert row_of(flooded, "330102").declared[RANKED].mean > 90


def test_a_word_counts_half_of_a_proof_beside_the_ranked_figure():
    word = by_word("330102", [20, 0, 0, 0, 0])
    proof = people_of("330102", [0, 0, 0, 0, 20])
    row = row_of(drawn(word, proof), "330102")
    assert row.overall.mean == 100
    assert (row.declared[RANKED].n, row.declared[RANKED].mean) == (
        40,
        pytest.approx(100 * 2 / 3, abs=0.05),
    )


def test_few_words_beside_many_proofs_are_not_given_away_by_the_difference():
    proof = people_of("330102", [0, 0, 5, 5, 20])
    assert RANKED not in row_of(drawn(proof, by_word("330102", [9, 0, 0, 0, 0])), "330102").declared
    assert RANKED in row_of(drawn(proof, by_word("330102", [10, 0, 0, 0, 0])), "330102").declared


def test_where_too_few_proved_it_the_figure_of_all_answers_stands_alone():
    row = row_of(
        drawn(people_of("330102", [0, 0, 0, 0, 9]), by_word("330102", [9, 0, 0, 0, 0])), "330102"
    )
    assert (row.overall, row.ranks, row.missing) == (None, None, None)
    assert row.declared[RANKED].n == 10


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


def test_a_subtotal_is_the_mean_of_its_questions_means():
    wave_board = drawn(
        people_of("330102", [0, 0, 10, 0, 10], Dimension.WASTE),
        people_of("330102", [0, 0, 0, 0, 12], Dimension.RECYCLE),
    )
    row = row_of(wave_board, "330102")
    assert row.estimates[Subtotal.ZERO_WASTE].mean == pytest.approx((75 + 100) / 2)
    assert row.estimates[Subtotal.ZERO_WASTE].n == 10
    assert Subtotal.FIVE_WATERS not in row.estimates


def test_a_subtotal_is_withheld_with_any_of_its_questions():
    wave_board = drawn(
        people_of("330102", [0, 0, 10, 0, 10], Dimension.WASTE),
        people_of("330102", [0, 0, 0, 0, 9], Dimension.RECYCLE),
    )
    assert Subtotal.ZERO_WASTE not in row_of(wave_board, "330102").estimates


def test_the_change_since_the_last_wave_has_an_interval():
    before = made(people_of("330102", [0, 30, 30, 0, 0]))
    change = row_of(drawn(people_of("330102", [0, 0, 30, 30, 0]), before=before), "330102").change
    assert change.points == pytest.approx(25)
    assert 0 < change.low < 25 < change.high
    again = row_of(drawn(people_of("330102", [0, 30, 30, 0, 0]), before=before), "330102").change
    assert again.low < 0 < again.high


def test_a_district_that_falls_under_the_threshold_is_no_change_of_the_city():
    happy, gloomy = [0, 0, 0, 0, 40], [40, 0, 0, 0, 0]
    before = made(people_of("330102", happy), people_of("330106", gloomy))
    after = drawn(people_of("330102", happy), people_of("330106", [9, 0, 0, 0, 0]), before=before)
    assert after.city[RANKED].mean - before.of(CITY, Basis.PROVEN)[RANKED].mean > 40
    assert after.city_change.points == pytest.approx(0)
    assert after.city_change.left_out == ["330106"]
    assert after.outside_city == ["330106", "330108", "330110"]


def test_the_city_is_made_of_what_is_shown_of_the_districts():
    few = people_of("330108", [9, 0, 0, 0, 0])
    with_few = drawn(people_of("330102", [0, 0, 10, 0, 30]), few)
    without = drawn(people_of("330102", [0, 0, 10, 0, 30]))
    assert with_few.city[RANKED].n == without.city[RANKED].n == 40
    assert with_few.city[RANKED].mean == pytest.approx(without.city[RANKED].mean)
    assert with_few.outside_city == ["330106", "330108", "330110"]


def sheets(district, answer, people, day=DAY):
    """People who tick the same answer throughout, on their word."""
    row = tuple(answer for _ in Dimension)
    return [Profile(district, Tier.SELF_DECLARED, None, None, "", day, row, people)]


def test_a_pattern_weighs_little_is_counted_with_its_reason_and_stays_in_the_count():
    honest = [*by_word("330102", [10, 20, 60, 60, 50])]
    wave_board = drawn(honest, sheets("330102", 5, 120))
    assert wave_board.apart == {Reason.IDENTICAL: 120}
    before, after = (row_of(one, "330102").declared for one in (drawn(honest), wave_board))
    assert after[RANKED].n == before[RANKED].n + 120
    assert after[RANKED].mean == pytest.approx(before[RANKED].mean, abs=4)


def test_at_the_close_is_told_how_many_could_not_say_and_what_that_could_do():
    said = people_of("330102", [0, 0, 0, 0, 40], Dimension.NOISE)
    silent = people_of("330102", [0, 0, 0, 0, 25])
    weekly, closing = (made(said, silent, kind=kind) for kind in (Kind.WEEKLY, Kind.CLOSING))
    assert weekly.board(DISTRICTS, census()).unsure == {}
    shown = closing.board(DISTRICTS, census())
    assert shown.unsure == {Dimension.NOISE: 20, RANKED: 40}
    assert with_unsure(shown.city[Dimension.NOISE], 20) == (pytest.approx(100 * 40 / 60), 100)


def test_a_proof_is_never_doubted():
    honest = people_of("330102", [60, 60, 60, 20, 2])
    wave_board = drawn(honest, people_of("330102", [0, 0, 0, 0, 60], network="village"))
    assert wave_board.apart == {}
    assert row_of(wave_board, "330102").overall.n == 260


def test_a_district_that_is_none_of_the_city_s_is_not_counted():
    assert drawn(people_of("310115", [0, 0, 0, 0, 50])).city == {}
