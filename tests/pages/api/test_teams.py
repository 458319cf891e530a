"""A recorder joins a festival's team: the digits, the team, and what is refused."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.base.clock import day_of, now_utc
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.festivals.festival import Festival
from observations.festivals.organising import Plan, make_festival
from observations.places.districts import DISTRICTS
from pages.api import teams
from pages.parts import limits, runtime
from tests.support.site import Site

WRONG = "999999"


@pytest.fixture
def festival(site: Site) -> Festival:
    limits._limiter.storage.reset()
    days = (day_of(now_utc()), day_of(now_utc()) + timedelta(days=1))
    admin = Person(staff_id=new_id(), role=Role.ADMIN)
    return make_festival(
        runtime.store(), admin, Plan("西溪观察节", days, ["330106"]), DISTRICTS, now_utc()
    )


def client(site: Site, *, consents: bool = True) -> TestClient:
    site.arrive(consents=consents)
    headers = {"X-CSRF-Token": site.cookies["luji_csrf"]}
    return TestClient(Starlette(routes=teams.ROUTES), cookies=dict(site.cookies), headers=headers)


def test_six_digits_tell_the_festival_with_its_days_and_teams(site: Site, festival) -> None:
    phone = client(site)
    phone.post("/api/v1/teams", json={"code": festival.code, "team": "白鹭"})
    spaced = f"{festival.code[:3]} {festival.code[3:]}"
    told = phone.get("/api/v1/teams", params={"code": spaced}).json()["festival"]

    assert told["name"] == "西溪观察节"
    assert "西湖区" in told["days"]
    assert told["teams"] == ["白鹭"]
    phone.cookies.set("luji_lang", "en")
    told = phone.get("/api/v1/teams", params={"code": festival.code}).json()["festival"]
    assert "Xihu" in told["days"]
    assert phone.get("/api/v1/teams").json() == {"festival": None}


def test_a_team_is_joined_once_however_often_it_is_sent(site: Site, festival) -> None:
    phone = client(site)
    wish = {"code": festival.code, "team": "白鹭"}
    answers = [phone.post("/api/v1/teams", json=wish) for _ in range(3)]

    assert [answer.json()["team"] for answer in answers] == ["白鹭"] * 3
    assert answers[0].json()["festival"]["teams"] == ["白鹭"]
    assert len(runtime.store().festivals.teams(festival.festival_id)) == 1


@pytest.mark.parametrize("wish", [{}, {"code": 1, "team": "a"}, {"code": "1" * 99, "team": "a"}])
def test_what_is_no_wish_is_refused_with_a_sentence(site: Site, festival, wish) -> None:
    answer = client(site).post("/api/v1/teams", json=wish)

    assert answer.status_code == 422
    assert answer.json()["error"]["message"]


def test_a_team_without_a_name_and_digits_of_nothing_are_refused(site: Site, festival) -> None:
    phone = client(site)
    for wish, code in (
        ({"code": festival.code, "team": "  "}, "festival.no_team"),
        ({"code": WRONG, "team": "白鹭"}, "festival.unknown_code"),
    ):
        answer = phone.post("/api/v1/teams", json=wish)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


def test_nobody_joins_before_consent(site: Site, festival) -> None:
    phone = client(site, consents=False)
    answer = phone.post("/api/v1/teams", json={"code": festival.code, "team": "白鹭"})

    assert answer.json()["error"]["code"] == "consent.missing"
    assert runtime.store().festivals.teams(festival.festival_id) == []


def test_whoever_guesses_wrong_too_often_is_told_nothing_any_more(site: Site, festival) -> None:
    phone = client(site)
    for _ in range(10):
        assert phone.get("/api/v1/teams", params={"code": WRONG}).status_code == 422

    assert phone.get("/api/v1/teams", params={"code": festival.code}).status_code == 429
