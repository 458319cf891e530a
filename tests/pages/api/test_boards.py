"""`GET /api/v1/boards/points` gives public data only."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.people.joining import ensure_observer
from observations.points.awarding import award
from observations.points.confirmation import RANKED_FROM
from observations.points.postings import CauseKind
from pages.api.boards import ROUTES
from pages.parts import runtime
from tests.support.site import Site

ADDRESS = "/api/v1/boards/points"


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    """The route over a store of its own."""
    with TestClient(Starlette(routes=ROUTES)) as opened:
        yield opened


def earns(points: int, on_boards: bool) -> str:
    """Somebody at home in Xihu with so many points; their nickname."""
    now = now_utc()
    with runtime.store().transaction() as tx:
        observer = ensure_observer(tx, new_id(), now)
        tx.people.choose_home_district(observer.observer_id, "330106")
        tx.people.choose_boards(observer.observer_id, on_boards)
        award(tx, observer.observer_id, CauseKind.OCCURRENCE, new_id(), points, now)
    return observer.nickname


def test_all_thirteen_districts_are_there_even_when_nobody_has_points(client: TestClient) -> None:
    board = client.get(ADDRESS).json()
    assert (board["period"], board["by"], len(board["rows"])) == ("month", "district", 13)
    assert {row["rank"] for row in board["rows"]} == {None}


def test_points_are_given_for_every_thousand_residents(client: TestClient) -> None:
    for _person in range(RANKED_FROM):
        earns(20, on_boards=False)
    first = client.get(ADDRESS, params={"period": "week"}).json()["rows"][0]
    assert (first["rank"], first["name"], first["points"], first["people"]) == (1, "西湖区", 100, 5)
    assert first["points_per_1000_residents"] == round(100 / 1_089_229 * 1000, 4)


def test_only_who_agreed_is_named_and_no_identifier_of_anyone(client: TestClient) -> None:
    earns(9, on_boards=False)
    nickname = earns(5, on_boards=True)
    board = client.get(ADDRESS, params={"by": "person", "period": "all"}).json()
    expected = {"rank": 2, "nickname": nickname, "points": 5, "waiting": 0, "is_demo": False}
    assert board["rows"] == [expected]
    assert (board["first_day"], board["last_day"]) == (None, None)


@pytest.mark.parametrize(
    ("params", "code"),
    [({"period": "fortnight"}, "board.unknown_period"), ({"by": "street"}, "choice.unknown")],
)
def test_an_unknown_choice_is_refused_with_a_sentence(client, params, code) -> None:
    answer = client.get(ADDRESS, params=params)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["message"]
