"""Cases at the desk: opened and sealed, judged by two who do not hear each other, announced."""

from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from observations.base.clock import now_utc
from observations.base.roles import OPERATOR, Role
from observations.map.exploring import Filters
from observations.people.accounts import add_account
from observations.people.signing_in import sign_in
from observations.surveys.cases import Opinion
from observations.verification.decisions import Verdict
from pages.parts import runtime
from pages.parts.session import STAFF_COOKIE
from tests.pages.visit.discoveries.test_page import KNOWN
from tests.support.sightings import phone, record, said
from tests.support.site import PASSWORD, Site

PAGE = "desk/discoveries/page.py"
OPENER, FIRST, SECOND = "何青", "周衡", "李敏"


def words(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.body for element in page.get("html"))


@pytest.fixture
def desk(site: Site) -> Site:
    """An admin and two verifiers; nobody is signed in yet."""
    site.arrive()
    for name in (OPENER, FIRST, SECOND):
        role = Role.ADMIN if name == OPENER else Role.VERIFIER
        add_account(runtime.store(), OPERATOR, name, PASSWORD, role, datetime.now(UTC))
    return site


def as_(desk: Site, name: str) -> AppTest:
    """The page as that member of staff sees it."""
    desk.cookies[STAFF_COOKIE] = sign_in(runtime.store(), name, PASSWORD, None, datetime.now(UTC))
    return desk.open(PAGE)


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def opened(desk: Site, finder: str = "林夏", record_id: str = "") -> AppTest:
    page = as_(desk, OPENER)
    page.text_input[0].input(record_id)
    next(box for box in page.text_input if box.label.startswith("发现的人")).input(finder)
    return press(page, "立案并封存")


def judged(desk: Site, name: str, opinion: Opinion, reason: str) -> AppTest:
    page = as_(desk, name)
    next(box for box in page.selectbox if box.label == "你的判断").select(opinion)
    next(box for box in page.text_area if box.label == "依据").input(reason)
    return press(page, "交出判断")


def described(desk: Site, *, but: str = "") -> AppTest:
    """Everything is filled in, except one field."""
    page = as_(desk, FIRST)
    labels = {
        "学名": "scientific_name",
        "命名人和年份": "authorship",
        "中文名": "vernacular_name",
        "文献（刊物、卷期、DOI）": "literature",
        "标本（机构和编号）": "specimen",
        "可以公开的地点（中文）": "locality_zh",
        "可以公开的地点（英文）": "locality_en",
        "它的故事（中文）": "about_zh",
        "它的故事（英文）": "about_en",
    }
    fields = asdict(KNOWN)
    for box in page.text_area:
        if box.label in labels and labels[box.label] != but:
            box.input(fields[labels[box.label]])
    return press(page, "存好")


def test_without_a_case_the_page_says_where_one_is_opened(desk: Site) -> None:
    assert "还没有案卷" in words(as_(desk, FIRST))


def test_a_sighting_is_sealed_with_its_case_and_the_desk_cannot_release_it(desk: Site) -> None:
    store = runtime.store()
    subject = record(store, phone(store, now_utc()), now_utc())
    said(store, subject, Verdict.ACCEPT, now=now_utc())
    assert len(store.map.listed(Filters(), 9)) == 1

    page = opened(desk, record_id=str(subject))

    assert "已立案，地点已封存。" in words(page) and "等两位核实员各自判断" in words(page)
    assert store.map.listed(Filters(), 9) == []


@pytest.mark.parametrize(
    ("finder", "record_id", "reason"),
    [("", "", "写上发现的人"), ("林夏", "not-an-id", "编号"), ("林夏", "<b>", "编号")],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    desk: Site, finder: str, record_id: str, reason: str
) -> None:
    page = opened(desk, finder, record_id)
    assert reason in words(page) and runtime.store().cases.all_cases() == []
    assert page.text_input[0].value == record_id


def test_neither_verifier_reads_the_others_judgement_before_both_have_given_one(
    desk: Site,
) -> None:
    opened(desk)
    page = judged(desk, FIRST, Opinion.NEW, "鳍条数不同")
    assert "已记下你的判断。" in words(page)

    assert "鳍条数不同" in words(as_(desk, FIRST))
    for name in (SECOND, OPENER):
        shown = words(as_(desk, name))
        assert "鳍条数不同" not in shown and "是新的</p>" not in shown and FIRST not in shown
        assert "等两位核实员各自判断" in shown

    judged(desk, SECOND, Opinion.UNSURE, "只有一尾")
    for name in (FIRST, SECOND, OPENER):
        shown = words(as_(desk, name))
        assert "鳍条数不同" in shown and "只有一尾" in shown and "两人判断不同" in shown


def test_who_has_judged_or_opened_it_is_told_to_wait(desk: Site) -> None:
    opened(desk)
    assert "要另外两位核实员来判断" in words(as_(desk, OPENER))
    judged(desk, FIRST, Opinion.NEW, "鳍条数不同")
    page = as_(desk, FIRST)
    assert "等另一位" in words(page)
    assert "交出判断" not in [button.label for button in page.button]


def test_two_who_agree_lead_to_a_story_with_the_finders_name(desk: Site) -> None:
    opened(desk)
    described(desk)
    judged(desk, FIRST, Opinion.NEW, "鳍条数不同")
    judged(desk, SECOND, Opinion.NEW, "侧线鳞也不同")
    assert "公布，写上发现的人" not in [b.label for b in as_(desk, FIRST).button]

    page = press(as_(desk, OPENER), "公布，写上发现的人")

    assert "已公布。" in words(page) and "从遇见到结案" in words(page)
    [code] = [one.code for one in runtime.store().surveys.new_records() if one.finder]
    assert f"/discoveries?code={code}" in words(page)
    story = words(desk.open("visit/discoveries/page.py", code=code))
    assert "示例鱲" in story and "发现的人" in story and "林夏" in story


@pytest.mark.parametrize(
    ("missing", "label"),
    [
        ("literature", "文献（刊物、卷期、DOI）"),
        ("about_en", "它的故事（英文）"),
        ("locality_en", "可以公开的地点（英文）"),
    ],
)
def test_what_is_still_missing_before_the_announcement_is_named(
    desk: Site, missing: str, label: str
) -> None:
    opened(desk)
    described(desk, but=missing)
    judged(desk, FIRST, Opinion.NEW, "是")
    judged(desk, SECOND, Opinion.NEW, "是")
    page = press(as_(desk, OPENER), "公布，写上发现的人")
    assert f"公布以前还缺这一项，请先补上： {label}" in words(page)


def test_what_is_not_new_is_closed_and_nothing_is_announced(desk: Site) -> None:
    opened(desk)
    for name in (FIRST, SECOND):
        judged(desk, name, Opinion.NOT_NEW, "是宽鳍鱲")
    page = press(as_(desk, OPENER), "结案，不公布")
    assert "已结案" in words(page)
    assert not [one for one in runtime.store().surveys.new_records() if one.finder]


def test_an_organiser_hears_of_no_case(site: Site) -> None:
    site.arrive()
    site.sign_in(Role.ORGANISER)
    with pytest.raises(ValueError, match=r"[Pp]age"):
        site.open(PAGE)
