"""Staff make codes, write versions and take names off the boards, without a browser."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from observations.base.clock import day_of, now_utc
from observations.base.roles import Person, Role
from observations.people.joining import ensure_observer
from observations.points.team_steps import make_team
from observations.points.teams import TeamKind
from pages.parts import runtime
from tests.support.sightings import phone
from tests.support.site import Site

PAGE = "desk/actions/page.py"


def read(page: AppTest) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def side(page: AppTest, name: str) -> AppTest:
    return page.segmented_control(key="side").set_value(name).run()


@pytest.fixture
def admin(site: Site) -> Site:
    site.arrive()
    site.sign_in(Role.ADMIN)
    return site


@pytest.mark.parametrize("role", [None, Role.VERIFIER])
def test_the_page_is_for_organisers_and_admins(site: Site, role: Role | None) -> None:
    site.arrive()
    if role:
        site.sign_in(role)
    with pytest.raises((KeyError, ValueError)):
        site.open(PAGE).segmented_control(key="side")


def test_an_organiser_makes_codes_and_sees_no_catalogue(site: Site) -> None:
    site.arrive()
    site.sign_in(Role.ORGANISER)
    page = site.open(PAGE)
    assert page.segmented_control(key="side").options == ["现场码"]
    page.text_input(key="codes_title").set_value("湖滨旧物修理日")
    page.number_input(key="codes_count").set_value(3)
    page.date_input(key="codes_day").set_value(day_of(now_utc()) + timedelta(days=1))
    page.button(key="codes_make").click().run()
    words = read(page)
    assert "做好了 3 个码" in words and "湖滨旧物修理日" in words and "3 个码，用了 0 次" in words
    [batch] = runtime.store().actions.batches()
    page.button(key=f"codes_stop_{batch.batch_id}").click().run()
    assert "已停用" in read(page)


def test_codes_without_a_name_are_refused_and_what_was_typed_stays(admin: Site) -> None:
    page = admin.open(PAGE)
    page.number_input(key="codes_count").set_value(7)
    page.date_input(key="codes_day").set_value(day_of(now_utc()) + timedelta(days=1))
    page.button(key="codes_make").click().run()
    assert "写上活动的名字" in read(page)
    assert page.number_input(key="codes_count").value == 7


def test_a_version_is_written_with_why(admin: Site) -> None:
    page = side(admin.open(PAGE), "catalogue")
    page.selectbox(key="of").set_value("USE-CUP").run()
    page.number_input(key="cat_USE-CUP_1_points").set_value(4)
    page.text_input(key="cat_USE-CUP_1_steps").set_value("10:50")
    page.text_input(key="cat_USE-CUP_1_why").set_value("推一推自带杯")
    save = next(b for b in page.button if b.label == "存成新的一版")
    save.click().run()
    assert "第 2 版存好了" in read(page)
    action = runtime.store().actions.current("USE-CUP", day_of(now_utc()))
    assert (action.version, action.points, action.steps) == (2, 4, ((10, 50),))
    assert "推一推自带杯" in read(page)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("daily", "三", "有一格的数字没有读懂"), ("steps", "9:50 3:20", "有一格的数字没有读懂"),
     ("daily", "999", "上限不对"), ("factor", "0.2", "有因子就要写来源")],
)  # fmt: skip
def test_a_version_that_makes_no_sense_is_refused_kindly(admin, field, value, words) -> None:
    page = side(admin.open(PAGE), "catalogue")
    page.selectbox(key="of").set_value("USE-CUP").run()
    page.text_input(key=f"cat_USE-CUP_1_{field}").set_value(value)
    page.text_input(key="cat_USE-CUP_1_why").set_value("试试")
    next(b for b in page.button if b.label == "存成新的一版").click().run()
    assert words in read(page)
    assert len(runtime.store().actions.versions("USE-CUP")) == 1


def test_a_teams_name_is_taken_off_the_boards(admin: Site) -> None:
    store = runtime.store()
    device_id = phone(store)
    with store.transaction() as tx:
        observer = ensure_observer(tx, device_id, now_utc())
    me = Person(observer_id=observer.observer_id)
    team = make_team(store, me, "<i>不合适</i>", TeamKind.SCHOOL, now_utc())
    page = side(admin.open(PAGE), "teams")
    assert "&lt;i&gt;不合适&lt;/i&gt;" in read(page)
    page.button(key=f"team_show_{team.team_id}").click().run()
    assert store.points.team(team.team_id).hidden_at
    page.button(key=f"team_show_{team.team_id}").click().run()
    assert store.points.team(team.team_id).hidden_at is None
