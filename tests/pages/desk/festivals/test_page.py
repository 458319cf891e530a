"""An organiser makes a festival, without a browser."""

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from observations.base.clock import day_of, now_utc
from observations.base.roles import Role
from pages.parts import runtime
from tests.support.site import Site

PAGE = "desk/festivals/page.py"


def read(page: AppTest) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def test_an_organiser_makes_a_festival_and_has_its_six_digits(site: Site) -> None:
    site.arrive()
    site.sign_in(Role.ORGANISER)
    page = site.open(PAGE)
    today = day_of(now_utc())
    page.text_input(key="fest_name").set_value("西溪观察节")
    page.date_input(key="fest_days").set_value((today, today + timedelta(days=1)))
    page.multiselect(key="fest_districts").set_value(["330106"])
    page.button(key="fest_make").click().run()
    [festival] = runtime.store().festivals.festivals()
    words = read(page)
    assert f"六位数字是 {festival.code}" in words
    assert "西湖区" in words and "0 队，到现在 0 次遇见" in words


def test_a_festival_without_a_name_is_refused_kindly(site: Site) -> None:
    site.arrive()
    site.sign_in(Role.ADMIN)
    page = site.open(PAGE)
    page.button(key="fest_make").click().run()
    assert "给观察节起个名字" in read(page)


def test_a_festival_is_mended_cancelled_taken_up_again_and_repeated(site: Site) -> None:
    site.arrive()
    site.sign_in(Role.ORGANISER)
    page = site.open(PAGE)
    page.text_input(key="fest_name").set_value("西溪观查节")
    page.button(key="fest_make").click().run()
    [festival] = runtime.store().festivals.festivals()
    of = festival.festival_id

    page.button(key=f"fest_mend_{of}").click().run()
    assert page.text_input(key="fest_name").value == "西溪观查节"
    page.text_input(key="fest_name").set_value("西溪观察节")
    page.button(key="fest_make").click().run()
    assert "“西溪观察节”改好了" in read(page)
    assert page.text_input(key="fest_name").value == ""
    [mended] = runtime.store().festivals.festivals()
    assert (mended.name, mended.code) == ("西溪观察节", festival.code)

    page.button(key=f"fest_cancel_{of}").click().run()
    assert "取消了，市民看不到" in read(page)
    page.button(key=f"fest_cancel_{of}").click().run()
    assert "照常办" in read(page)

    page.button(key=f"fest_again_{of}").click().run()
    assert page.text_input(key="fest_name").value == "西溪观察节"
    page.button(key="fest_make").click().run()
    assert len(runtime.store().festivals.festivals()) == 2
