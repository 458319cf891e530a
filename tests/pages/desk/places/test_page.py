"""The list of places at the desk: what is wrong is said by row, what is right is shown at once."""

import pytest
from streamlit.testing.v1 import AppTest

from observations.base.roles import Role
from observations.places.sites import as_csv
from pages.parts import runtime
from tests.support.site import Site

PAGE = "desk/places/page.py"
NEW = "plant,facility,示例处理厂,Example plant,330106,30.27,120.06,1200,某路,周三,,,示例来源"


def words(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.body for element in page.get("html"))


@pytest.fixture
def staff(site: Site) -> Site:
    site.arrive()
    site.sign_in(Role.ORGANISER)
    return site


def saved(page: AppTest, text: str) -> AppTest:
    page.text_area(key="places_csv").input(text)
    return next(button for button in page.button if button.label == "存好").click().run()


def listed() -> str:
    return as_csv(runtime.store().sites.all_sites())


def test_the_list_stands_there_to_be_changed(staff: Site) -> None:
    page = staff.open(PAGE)
    assert page.text_area(key="places_csv").value == listed()
    assert "facility = 开放的环保设施" in words(page) and "WGS-84" in words(page)


def test_a_row_that_is_added_is_on_the_public_page(staff: Site) -> None:
    page = saved(staff.open(PAGE), listed() + NEW)
    assert "已存好，共 7 个地点。" in words(page)
    assert "示例处理厂" in words(staff.open("visit/places/page.py"))


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("facility", "castle", "第 8 行的 kind 读不懂（写的是“castle”）"),
        ("30.27", "39.9", "第 8 行的坐标不在杭州（写的是“39.9, 120.06”）"),
        ("1200", "inf", "第 8 行的 uncertainty_m 读不懂（写的是“inf”）"),
        ("示例来源", "", "第 8 行的 source 空着"),
        ("某路", "路" * 601, "第 8 行的 address 太长（最多 600 个字）"),
        ("plant,facility", "xixi,facility", "第 8 行的 code“xixi”前面已经有了"),
    ],
)
def test_a_bad_row_is_named_with_the_reason_and_nothing_is_lost(
    staff: Site, right: str, wrong: str, said: str
) -> None:
    before = listed()
    text = before + NEW.replace(right, wrong)
    page = saved(staff.open(PAGE), text)
    assert said in words(page)
    assert page.text_area(key="places_csv").value == text
    assert listed() == before


def test_a_missing_column_is_named(staff: Site) -> None:
    page = saved(staff.open(PAGE), "code,kind\nplant,facility")
    assert "第一行缺这些列名" in words(page) and "uncertainty_m" in words(page)


def test_a_row_with_one_comma_too_few_or_too_many_is_named(staff: Site) -> None:
    before = listed()
    for wrong, count in ((NEW.replace(",示例来源", ""), 12), (NEW + ",再来一格", 14)):
        page = saved(staff.open(PAGE), before + wrong)
        assert f"第 8 行有 {count} 格，第一行有 13 格" in words(page), wrong
        assert listed() == before


def test_what_is_no_table_at_all_is_refused_in_words(staff: Site) -> None:
    page = saved(staff.open(PAGE), listed() + '"' + "x" * 140_000)
    assert "这段文字不是 CSV 表" in words(page)


def test_a_verifier_has_no_such_page(site: Site) -> None:
    site.arrive()
    site.sign_in(Role.VERIFIER)
    with pytest.raises(ValueError, match=r"[Pp]age"):
        site.open(PAGE)
