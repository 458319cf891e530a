"""The board by district, without a store."""

import pytest

from observations.points.boards import ranked
from observations.points.standings import DistrictPoints

XIHU, BINJIANG, TONGLU, CHUNAN = "330106", "330108", "330122", "330127"
RESIDENTS = {XIHU: 1_089_229, BINJIANG: 503_859, TONGLU: 453_106, CHUNAN: 328_957}


def points(district, amount, people=5):
    return DistrictPoints(district, amount, people, is_demo=False)


def test_the_small_district_leads_when_it_does_more_for_its_size():
    rows = ranked([points(XIHU, 1000, 40), points(BINJIANG, 900, 30)], RESIDENTS)
    assert [row.district for row in rows][:2] == [BINJIANG, XIHU]
    assert rows[0].per_thousand == pytest.approx(900 / 503_859 * 1000)
    assert (rows[0].points, rows[0].people) == (900, 30)


def test_every_district_has_a_line_and_those_without_points_have_no_rank():
    rows = ranked([points(XIHU, 5)], RESIDENTS)
    assert [(row.rank, row.district) for row in rows] == [
        (1, XIHU), (None, BINJIANG), (None, TONGLU), (None, CHUNAN)
    ]  # fmt: skip


def test_equals_share_a_rank_and_the_next_is_counted_after_them():
    residents = {XIHU: 1000, BINJIANG: 2000, TONGLU: 3000}
    rows = ranked([points(XIHU, 10), points(BINJIANG, 20), points(TONGLU, 3)], residents)
    assert [row.rank for row in rows] == [1, 1, 3]


def test_with_nobody_yet_no_district_is_ranked():
    assert {row.rank for row in ranked([], RESIDENTS)} == {None}


def test_a_place_outside_the_thirteen_counts_nowhere():
    rows = ranked([points("elsewhere", 100)], RESIDENTS)
    assert sum(row.points for row in rows) == 0
