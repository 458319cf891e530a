from observations.satisfaction.board import AnswerCount, board, city_estimate
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.waves import Wave

WAVE = Wave(2026, 4)
DISTRICTS = ["330102", "330106", "330108", "330110"]


def given(district, counts, dimension=Dimension.OVERALL):
    return [AnswerCount(district, dimension, x, k) for x, k in enumerate(counts, 1) if k]


def drawn(*counts):
    return board(WAVE, [row for rows in counts for row in rows], DISTRICTS, is_demo=False)


def test_every_district_has_a_row_on_an_empty_board():
    empty = drawn()
    assert [row.district for row in empty.rows] == DISTRICTS
    assert empty.ranked == []
    assert empty.city == {}


def test_ranked_districts_come_first_and_the_best_of_them_on_top():
    found = drawn(
        given("330102", [0, 0, 5, 5, 0]),
        given("330106", [0, 20, 20, 0, 0]),
        given("330110", [0, 0, 0, 20, 20]),
    )
    assert [row.district for row in found.rows] == ["330110", "330106", "330102", "330108"]
    assert [row.district for row in found.unranked] == ["330102", "330108"]
    assert (found.ranked[0].ranks.best, found.ranked[0].ranks.worst) == (1, 1)


def test_too_few_to_rank_says_how_many_are_missing():
    (row,) = [r for r in drawn(given("330102", [0, 0, 5, 5, 13])).rows if r.district == "330102"]
    assert row.ranks is None
    assert row.overall.n == 23
    assert row.missing == 7


def test_under_ten_nothing_is_told_not_even_how_many():
    found = drawn(given("330102", [0, 0, 0, 4, 5]))
    (row,) = [r for r in found.rows if r.district == "330102"]
    assert row.overall is None
    assert row.missing is None
    assert found.city == {}


def test_the_order_of_the_unranked_does_not_tell_how_many_answered():
    found = drawn(given("330110", [0, 0, 0, 0, 29]), given("330102", [0, 0, 0, 0, 3]))
    assert [row.district for row in found.unranked] == DISTRICTS


def test_a_dimension_is_withheld_by_its_own_answers():
    found = drawn(
        given("330102", [0, 0, 5, 5, 30]), given("330102", [0, 0, 0, 9, 0], Dimension.NOISE)
    )
    assert set(found.rows[0].estimates) == {Dimension.OVERALL}


def test_the_city_counts_people_not_districts():
    # 30 people at 100 and 10 people at 0: the city is at 75, the mean of districts at 50.
    city = city_estimate({"a": [0, 0, 0, 0, 30], "b": [10, 0, 0, 0, 0]})
    assert (city.n, city.mean) == (40, 75.0)


def test_one_withheld_district_is_left_out_of_the_city():
    city = city_estimate({"a": [0, 0, 0, 0, 30], "b": [9, 0, 0, 0, 0]})
    assert city.n == 30


def test_a_few_people_of_several_withheld_districts_are_left_out_too():
    city = city_estimate({"a": [0, 0, 0, 0, 30], "b": [4, 0, 0, 0, 0], "c": [4, 0, 0, 0, 0]})
    assert city.n == 30


def test_many_people_of_several_withheld_districts_count_in_the_city():
    city = city_estimate({"a": [0, 0, 0, 0, 30], "b": [6, 0, 0, 0, 0], "c": [6, 0, 0, 0, 0]})
    assert city.n == 42


def test_a_district_that_is_none_of_the_city_s_is_not_counted():
    assert drawn(given("310115", [0, 0, 0, 0, 50])).city == {}
