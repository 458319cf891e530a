"""`GET /api/v1/boards/satisfaction`."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.base.ids import random_id
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.responses import Circumstances, Questionnaire, Response
from observations.satisfaction.tiers import Tier
from observations.satisfaction.waves import Wave
from pages.api.satisfaction import ROUTES
from pages.parts import runtime
from tests.support.site import Site

WAVE = Wave(2026, 3)
ADDRESS = "/api/v1/boards/satisfaction"


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=ROUTES)) as opened:
        yield opened


def fill(district: str, people: int, tier: Tier = Tier.ON_SITE) -> None:
    form = Questionnaire({Dimension.OVERALL: 1}, "只有自己知道")
    name, day = WAVE.wave_id, WAVE.first_day
    rows = [
        Response(
            random_id(),
            name,
            f"{tier}{district}{k}",
            1,
            district,
            form,
            day,
            circumstances=Circumstances(tier=tier),
        )
        for k in range(people)
    ]
    with runtime.store().transaction() as tx:
        tx.satisfaction.open_wave(WAVE)
        tx.satisfaction.add(rows)


def test_an_empty_board_has_every_district_and_no_figure(client: TestClient) -> None:
    board = client.get(ADDRESS).json()
    assert len(board["districts"]) == 13
    assert board["waves"] == []
    assert board["is_official"] is False
    assert all(figure is None for figure in board["city"].values())


def test_the_latest_wave_is_shown_with_ranks_and_intervals(client: TestClient) -> None:
    fill("330106", 40)
    board = client.get(ADDRESS).json()
    assert board["wave"] == "2026Q3"
    first = board["districts"][0]
    assert first["name_zh"] == "西湖区"
    assert first["as_of"] == "2026-09-30T16:00:00Z"  # the quarter's end, nobody closed it before
    assert first["ranks"] == {"best": 1, "worst": 1}
    assert first["estimates"]["overall"]["n"] == 40
    assert first["estimates"]["air"] is None


def test_no_figure_comes_with_what_single_answers_are_worked_out_from(client: TestClient) -> None:
    fill("330106", 41)
    fill("330102", 12)
    board = client.get(ADDRESS).json()
    figures = [f for row in board["districts"] for f in row["estimates"].values() if f]
    figures += [f for f in board["city"].values() if f]
    assert len(figures) == 3
    for figure in figures:
        assert set(figure) == {"n", "mean", "low", "high"}
        assert all(value == round(value, 1) for value in figure.values())
    assert all(figure["n"] % 10 == 0 for figure in figures)
    assert not {"weights", "tiers"} & set(board)


def test_answers_without_proof_are_told_beside_and_never_ranked(client: TestClient) -> None:
    fill("330106", 40, Tier.SELF_DECLARED)
    board = client.get(ADDRESS).json()
    (xihu,) = [row for row in board["districts"] if row["district"] == "330106"]
    assert (xihu["ranks"], xihu["estimates"]["overall"]) == (None, None)
    assert xihu["declared"]["overall"]["n"] == 40
    assert board["city_declared"]["overall"]["n"] == 40
    assert len(board["city_left_out"]) == 13


def test_under_ten_answers_nothing_is_told(client: TestClient) -> None:
    fill("330106", 9)
    board = client.get(ADDRESS).json()
    (xihu,) = [row for row in board["districts"] if row["district"] == "330106"]
    assert xihu["estimates"]["overall"] is None
    assert xihu["missing"] is None
    assert board["city"]["overall"] is None


def test_reasons_and_people_are_never_told(client: TestClient) -> None:
    fill("330106", 40)
    text = client.get(ADDRESS).text
    assert "自己知道" not in text
    assert "token" not in text


def test_a_wave_without_answers_is_an_empty_board(client: TestClient) -> None:
    fill("330106", 40)
    board = client.get(ADDRESS, params={"wave": "2025Q1"}).json()
    assert board["wave"] == "2025Q1"
    assert board["city"]["overall"] is None


def test_what_is_no_wave_is_refused_in_the_visitor_s_language(client: TestClient) -> None:
    answer = client.get(ADDRESS, params={"wave": "2026Q9"})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "satisfaction.no_such_wave"
    assert answer.json()["error"]["field"] == "wave"
