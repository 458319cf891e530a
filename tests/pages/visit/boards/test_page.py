"""The boards, without a browser."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.people.joining import ensure_observer
from observations.points.awarding import award
from observations.points.boards import ImprovedBoard
from observations.points.confirmation import DAYS, RANKED_FROM
from observations.points.periods import Period, span
from observations.points.postings import CauseKind
from observations.points.standings import GainRow
from pages.parts import runtime
from pages.visit.boards import first
from tests.support.site import Site

PAGE = "visit/boards/page.py"
XIHU = "330106"
SEEN = CauseKind.OCCURRENCE


def read(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.body for element in page.get("html"))


def people(site: Site) -> AppTest:
    """The board by person."""
    page = site.open(PAGE)
    return page.segmented_control(key="by").set_value("person").run()


def earns(points, device_id=None, on_boards=None, home=XIHU, nickname=None, cause_kind=SEEN):
    """Somebody with so many points."""
    now = now_utc()
    with runtime.store().transaction() as tx:
        observer = ensure_observer(tx, device_id or new_id(), now)
        if home:
            tx.people.choose_home_district(observer.observer_id, home)
        if on_boards is not None:
            tx.people.choose_boards(observer.observer_id, on_boards)
        if nickname:
            tx.people.choose_nickname(observer.observer_id, nickname)
        award(tx, observer.observer_id, cause_kind, new_id(), points, now)
    return observer


def test_an_empty_board_invites(site: Site) -> None:
    words = read(site.open(PAGE))
    assert "本月的榜还空着" in words
    assert "/record" in words and "/action" in words


def test_districts_are_ranked_by_points_for_their_size(site: Site) -> None:
    for _person in range(RANKED_FROM):
        earns(10)
    words = read(site.open(PAGE))
    assert "按 2020 年第七次人口普查" in words
    assert words.index("西湖区") < words.index("上城区")
    assert "榜还空着" not in words


def test_a_first_point_of_a_large_district_is_no_nought(site: Site) -> None:
    earns(1, home="330109")
    words = read(site.open(PAGE))
    assert "<b>&lt;0.01</b>" in words and "0.00" not in words


def test_few_people_have_no_rank_and_it_says_how_many_more(site: Site) -> None:
    earns(50)
    assert f"1 人，再有 {RANKED_FROM - 1} 人就排名" in read(site.open(PAGE))


def test_a_visitor_at_their_word_is_told_what_would_count_them(site: Site) -> None:
    device_id = site.arrive(consents=True)
    earns(5, device_id, cause_kind=CauseKind.SELF_REPORT)
    assert f"再有 {DAYS - 1} 个有绿点的日子" in read(site.open(PAGE))
    earns(5, device_id)
    assert "区县榜还没有算进去" not in read(site.open(PAGE))


def test_only_who_agreed_is_named(site: Site) -> None:
    earns(9, on_boards=False, nickname="藏起来的人")
    earns(5, on_boards=True, nickname="愿意的人")
    words = read(people(site))
    assert "愿意的人" in words
    assert "藏起来的人" not in words


def test_a_nickname_is_shown_literally(site: Site) -> None:
    earns(5, on_boards=True, nickname="<b>雁</b>")
    assert "&lt;b&gt;雁&lt;/b&gt;" in read(people(site))


def test_the_visitor_sees_their_own_place_named_or_not(site: Site) -> None:
    device_id = site.arrive(consents=True)
    earns(9)
    earns(5, device_id, on_boards=False)
    words = read(site.open(PAGE))
    assert "你在本月排第 2 位" in words
    assert "榜上没有写你的昵称" in words


def test_the_name_is_asked_for_until_it_is_answered(site: Site) -> None:
    device_id = site.arrive(consents=True)
    earns(5, device_id)
    page = site.open(PAGE)
    text = read(page)
    assert text.index("各区每千人绿点") < text.index("榜单上写你的昵称")
    page.button(key="board_name_False").click().run()
    assert "榜单上不写你的昵称" in read(page)
    assert "榜单上写你的昵称" not in read(page)
    assert runtime.store().people.observer_of_device(device_id).on_boards is False


@pytest.mark.parametrize("period", ["week", "month", "quarter", "year", "all"])
def test_every_period_opens(site: Site, period: str) -> None:
    earns(5, on_boards=True, nickname="愿意的人")
    page = people(site)
    page.segmented_control(key="period").set_value(period).run()
    assert "愿意的人" in read(page)


def test_the_satisfaction_board_is_a_tab(site: Site) -> None:
    page = site.open(PAGE)
    page.segmented_control(key="board").set_value("satisfaction").run()
    assert "怎么看这张榜" in read(page)


def test_one_sees_who_stands_before_and_after_oneself(site: Site) -> None:
    device_id = site.arrive(consents=True)
    earns(9, on_boards=True, nickname="前面的人")
    earns(5, device_id, on_boards=False)
    earns(3, on_boards=False, nickname="藏起来的人")
    words = read(people(site))
    near = words[words.index("你的前后") : words.index("每个人的绿点")]
    assert near.index("前面的人") < near.index("一位同行的人")
    assert "藏起来的人" not in words


def test_a_team_is_made_joined_by_its_code_and_left(site: Site) -> None:
    device_id = site.arrive(consents=True)
    observer = earns(5, device_id, on_boards=False)
    page = site.open(PAGE)
    page.segmented_control(key="by").set_value("team").run()
    page.text_input(key="team_name").set_value("湖边一家").run()
    page.button(key="team_make").click().run()
    team = runtime.store().points.team_named("湖边一家")
    assert team.join_code in read(page)
    earns(7, device_id)
    page.run()
    assert "湖边一家" in read(page) and runtime.store().points.team_of(observer.observer_id)
    page.button(key="team_leave").click().run()
    assert runtime.store().points.team_of(observer.observer_id) is None
    assert "湖边一家" in read(page)
    page.text_input(key="team_code").set_value("NOSUCH").run()
    page.button(key="team_join").click().run()
    assert "没有这个队码" in read(page)
    page.text_input(key="team_code").set_value(team.join_code.lower()).run()
    page.button(key="team_join").click().run()
    assert runtime.store().points.team_of(observer.observer_id) == team.team_id


def test_nothing_shows_progress_before_two_whole_periods(site: Site) -> None:
    earns(5, on_boards=True)
    page = site.open(PAGE)
    page.segmented_control(key="by").set_value("improved").run()
    assert "还比不出来" in read(page)


def test_what_the_address_says_is_shown_whatever_was_tapped_before(site: Site) -> None:
    page = site.open(PAGE)
    page.segmented_control(key="by").set_value("person").run()
    page.segmented_control(key="period").set_value("week").run()
    assert page.query_params == {"by": "person", "period": "week"}

    page.query_params.clear()
    page.run()
    assert page.segmented_control(key="by").value == "district"
    assert page.segmented_control(key="period").value == "month"


def test_a_second_tap_with_the_address_of_before_the_first_keeps_both(site: Site) -> None:
    page = site.open(PAGE)
    page.segmented_control(key="by").set_value("team").run()
    page.query_params.clear()
    page.segmented_control(key="period").set_value("year").run()
    assert page.query_params == {"by": "team", "period": "year"}


def test_a_missing_rank_among_the_improved_is_explained(site: Site) -> None:
    board = ImprovedBoard(
        span(Period.MONTH, date(2026, 5, 1)), [GainRow(2, new_id(), "小满", 30, 12, False)]
    )
    assert "空着的名次，是不写昵称的人" in first.by_gain(board, None)
