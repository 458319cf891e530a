"""Places to visit: by kind, each with what was met around it and nothing that is kept back."""

import pytest
from streamlit.testing.v1 import AppTest

from observations.places.sites import COLUMNS, keep
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.parts import runtime
from tests.support.cast import HE_QING
from tests.support.sightings import NOW, phone, record, said
from tests.support.site import Site

PAGE = "visit/places/page.py"
PHEASANT = taxon_id_of("Syrmaticus ellioti")
PLANT = (
    "plant,facility,<b>示例</b>处理厂,Example plant,330106,30.27,120.06,1200,某路 1 号,"
    "周三开放,看水怎样变清。,See how water is cleaned.,示例来源"
)


def words(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.body for element in page.get("html"))


def with_site(*rows: str) -> None:
    text = "\n".join([",".join(COLUMNS), *rows])
    keep(runtime.store(), HE_QING, text, NOW)


def met(**changes: object) -> None:
    store = runtime.store()
    said(store, record(store, phone(store), **changes), Verdict.ACCEPT)


def test_the_places_stand_by_kind_with_their_district(site: Site) -> None:
    shown = words(site.open(PAGE))
    assert "自然好去处" in shown and "/places?id=xixi" in shown and "西湖区" in shown


def test_a_place_lists_what_was_met_around_it(site: Site) -> None:
    met()
    shown = words(site.open(PAGE, id="xixi"))
    assert "<h1>西溪国家湿地公园</h1>" in shown
    assert "在这里遇见过 1 种" in shown and "四周 3 公里的公开记录" in shown
    assert "夜鹭" in shown and "Nycticorax nycticorax" in shown and "1 条记录" in shown
    assert "坐标取整，误差约 1 到 3 公里，待核" in shown


def test_a_sensitive_species_is_not_listed_by_where_it_truly_was(site: Site) -> None:
    met(taxon_id=str(PHEASANT))
    assert "白颈长尾雉" not in words(site.open(PAGE, id="xixi"))


def test_a_place_where_nothing_was_met_invites(site: Site) -> None:
    shown = words(site.open(PAGE, id="xixi"))
    assert "这里还没有公开的记录" in shown and "/record" in shown


def test_a_place_says_when_it_is_open_and_is_shown_literally(site: Site) -> None:
    with_site(PLANT)
    assert "开放的环保设施" in words(site.open(PAGE))
    shown = words(site.open(PAGE, id="plant"))
    for told in ("周三开放", "某路 1 号", "看水怎样变清。", "示例来源", "&lt;b&gt;示例&lt;/b&gt;"):
        assert told in shown, told
    site.speak("en")
    shown = words(site.open(PAGE, id="plant"))
    assert "Example plant" in shown and "See how water is cleaned." in shown


def test_an_empty_list_points_to_the_map(site: Site) -> None:
    with runtime.store().transaction() as tx:
        tx.sites.replace_sites([])
    shown = words(site.open(PAGE))
    assert "还没有地点" in shown and 'href="/map"' in shown


@pytest.mark.parametrize("code", ["<script>", "nowhere", ""])
def test_an_address_that_names_nothing_shows_the_list(site: Site, code: str) -> None:
    shown = words(site.open(PAGE, id=code))
    assert "自然好去处" in shown and "<script>" not in shown
