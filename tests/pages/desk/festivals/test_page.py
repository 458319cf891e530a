"""An organiser makes a festival, without a browser."""

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from observations.base.clock import day_of, now_utc
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.festivals.joining import join
from observations.festivals.organising import Plan, make_festival
from observations.occurrences.occurrence import Upload
from observations.places.districts import DISTRICTS
from pages.parts import runtime
from tests.support.sightings import add_row_of_photo, phone, record
from tests.support.site import Site

PAGE = "desk/festivals/page.py"
PIXELS, PICTURE = (9, 9, 9), "0123456789abcdef"


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


def test_what_is_set_apart_stands_there_and_two_teams_become_one(site: Site) -> None:
    store, now = runtime.store(), now_utc()
    today = day_of(now)
    admin = Person(staff_id=new_id(), role=Role.ADMIN)
    festival = make_festival(store, admin, Plan("节", (today, today)), DISTRICTS, now)
    devices = [phone(store, now) for _ in range(2)]
    for device, name in zip(devices, ("白鹭", "苍鹭"), strict=True):
        join(store, festival.code, name, device, now)
        upload = Upload(
            new_id(now), device, "a" * 64, "0123456789abcdef", "image/jpeg", *PIXELS, now
        )
        record(store, device, now, photos=[str(add_row_of_photo(store, upload))])
    teams = {team.name: team for team in store.festivals.teams(festival.festival_id)}
    site.arrive()
    site.sign_in(Role.ORGANISER)
    page = site.open(PAGE)
    assert "没有算的：别人交过的照片 1 条" in read(page)
    rename = teams["苍鹭"].team_id
    page.selectbox(key=f"fest_team_{festival.festival_id}").set_value(rename).run()
    page.text_input(key=f"fest_name_{rename}").set_value("白鹭队").run()
    page.button(key=f"fest_rename_{rename}").click().run()
    assert "现在叫“白鹭队”" in read(page)
    page.button(key=f"fest_same_{rename}").click().run()
    assert "“白鹭队”的人现在都在“白鹭”" in read(page)
    assert [team.name for team in store.festivals.teams(festival.festival_id)] == ["白鹭"]
