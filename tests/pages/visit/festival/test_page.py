"""Joining a festival and reading its board, without a browser."""

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from observations.base.clock import day_of, now_utc
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.festivals.freezing import freeze
from observations.festivals.joining import join
from observations.festivals.organising import Plan, make_festival
from observations.festivals.sheet import public_key
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.parts import runtime
from tests.support.festival_days import filled, made, say
from tests.support.sightings import phone, record
from tests.support.site import Site

PAGE = "visit/festival/page.py"


def read(page: AppTest) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


@pytest.fixture
def festival(site: Site):
    now = now_utc()
    days = (day_of(now), day_of(now) + timedelta(days=1))
    admin = Person(staff_id=new_id(), role=Role.ADMIN)
    return make_festival(runtime.store(), admin, Plan("西溪观察节", days), DISTRICTS, now)


def test_without_a_festival_the_page_says_so(site: Site) -> None:
    words = read(site.open(PAGE))
    assert "还没有观察节" in words and 'href="/record"' in words


def test_a_stranger_reads_the_board_and_is_asked_for_consent_first(site: Site, festival) -> None:
    join(runtime.store(), festival.code, "<b>白鹭</b>", phone(runtime.store()), now_utc())
    words = read(site.open(PAGE))
    assert "西溪观察节" in words and "&lt;b&gt;白鹭&lt;/b&gt;" in words
    assert "到现在" in words and "已确认" in words
    assert "同意之前，什么都不会离开你的手机" in words


def test_six_digits_and_a_name_are_enough(site: Site, festival) -> None:
    device_id = site.arrive(consents=True)
    page = site.open(PAGE)
    page.text_input(key="festival_code").set_value(f"{festival.code[:3]} {festival.code[3:]}")
    page.text_input(key="festival_new_team").set_value("白鹭")
    page.button(key="festival_join").click().run()
    assert "你在“白鹭”" in read(page)
    mine = runtime.store().festivals.membership(device_id, day_of(now_utc()))
    assert mine.team.name == "白鹭"
    assert runtime.store().people.observer_of_device(device_id) is None


def test_the_qr_asks_for_no_digits(site: Site, festival) -> None:
    site.arrive(consents=True)
    page = site.open(PAGE, code=festival.code)
    page.text_input(key="festival_new_team").set_value("白鹭")
    page.button(key="festival_join").click().run()
    assert "你在“白鹭”" in read(page)


def test_wrong_digits_are_refused_kindly_and_the_name_stays(site: Site, festival) -> None:
    site.arrive(consents=True)
    page = site.open(PAGE)
    page.text_input(key="festival_code").set_value("12")
    page.text_input(key="festival_new_team").set_value("白鹭")
    page.button(key="festival_join").click().run()
    assert "没有这个六位数字的观察节" in read(page)
    assert page.text_input(key="festival_new_team").value == "白鹭"


def test_the_recorder_says_for_which_team_it_counts(site: Site, festival) -> None:
    device_id = site.arrive(consents=True)
    join(runtime.store(), festival.code, "白鹭", device_id, now_utc())
    assert "西溪观察节 · 白鹭" in read(site.open("visit/record/page.py"))


@pytest.mark.parametrize("code", ["999999", "000000", "12", "x", "９９９９９９", "1" * 5000])
def test_a_wrong_code_in_the_address_opens_nothing(site: Site, festival, code: str) -> None:
    device_id = site.arrive(consents=True)
    page = site.open(PAGE, code=code)
    assert page.text_input(key="festival_code").value == ""
    page.text_input(key="festival_new_team").set_value("白鹭")
    page.button(key="festival_join").click().run()
    assert "没有这个六位数字的观察节" in read(page)
    assert runtime.store().festivals.membership(device_id, day_of(now_utc())) is None
    assert festival.code not in read(page) + repr(page.query_params)


def test_a_member_changes_teams_without_the_digits_and_sees_none(site: Site, festival) -> None:
    device_id = site.arrive(consents=True)
    join(runtime.store(), festival.code, "白鹭", device_id, now_utc())
    page = site.open(PAGE, code="999999")
    page.text_input(key="festival_new_team").set_value("苍鹭")
    page.button(key="festival_join").click().run()
    assert "你在“苍鹭”" in read(page)
    assert festival.code not in read(page) + repr(page.query_params)


def test_guessing_ends_after_a_few_tries_by_address_and_by_hand(site: Site, festival) -> None:
    site.arrive(consents=True)
    page = site.open(PAGE)
    page.text_input(key="festival_new_team").set_value("白鹭")
    for number in range(5):
        page.text_input(key="festival_code").set_value(f"12345{number}")
        page.button(key="festival_join").click().run()
        assert "没有这个六位数字的观察节" in read(page)
        site.open(PAGE, code=f"12345{number}")
    page.text_input(key="festival_code").set_value(festival.code)
    page.button(key="festival_join").click().run()
    assert "休息一会儿" in read(page)  # not even the right one, or guessing would go on
    opened = site.open(PAGE, code=festival.code)
    assert opened.text_input(key="festival_code").value == ""
    site.cookies.clear()
    site.arrive(consents=True)  # another phone of the same network comes in
    page = site.open(PAGE, code=festival.code)
    page.text_input(key="festival_new_team").set_value("白鹭")
    page.button(key="festival_join").click().run()
    assert "你在“白鹭”" in read(page)


def test_a_member_sees_the_teams_missions_and_compares_with_nobody(site: Site, festival) -> None:
    store, now = runtime.store(), now_utc()
    other = phone(store, now)
    for _ in range(3):
        egret = record(store, other, now, taxon_id=str(taxon_id_of("Egretta garzetta")))
        say(store, egret, Verdict.ACCEPT)
    device_id = site.arrive(consents=True)
    join(store, festival.code, "白鹭", device_id, now)
    record(store, device_id, now)
    with store.transaction() as tx:  # in a district where nobody was
        tx.festivals.change_festival(replace(festival, districts=("330127",)))
    words = read(site.open(PAGE))
    assert "你们队的任务" in words
    assert "这个季节全城记到过 3 次，这一带还没有人记到" in words
    assert "你找到了 0 种" in words  # what it recorded lies elsewhere


def test_a_frozen_result_says_since_when_and_how_to_check_it(site: Site) -> None:
    festival = made(runtime.store())
    filled(runtime.store(), festival)
    freeze(runtime.store(), festival, runtime.settings().secret, festival.freezes_at)
    page = site.open(PAGE, code=festival.code)
    words = read(page)
    assert "结果定了" in words and public_key(runtime.settings().secret) in words
    assert f"/api/v1/festivals/result.zip?id={festival.festival_id}" in words
    assert "预计核实后" not in words.partition("怎么算")[0]
