"""The map page, without a browser: what the sheet says, and what the map is told to draw."""

import json
from typing import Any
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.parts import runtime
from pages.parts.map.colours import colours_of
from pages.parts.map.deck import by_class
from pages.visit.map import choice
from tests.support.sightings import phone, record, said
from tests.support.site import FRAME, Site

PAGE = "visit/map/page.py"
PHEASANT = taxon_id_of("Syrmaticus ellioti")


def words(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.body for element in page.get("html"))


def deck(page: AppTest) -> dict[str, Any]:
    """The map's description as the browser gets it."""
    [chart] = page.get("deck_gl_json_chart")
    found: dict[str, Any] = json.loads(chart.proto.json)
    return found


def layer(page: AppTest, name: str) -> dict[str, Any]:
    return next(found for found in deck(page)["layers"] if found["id"] == name)


def opened(site: Site, **query: str) -> AppTest:
    """The page, with this already chosen."""
    page = site.open()
    for name, value in query.items():
        page.query_params[name] = value
    return page.switch_page(str(FRAME.parent / PAGE)).run()


def released(**changes: Any) -> UUID:
    """A released sighting; its public id."""
    store = runtime.store()
    occurrence_id = record(store, phone(store), **changes)
    said(store, occurrence_id, Verdict.ACCEPT)
    occurrence = store.occurrences.occurrence(occurrence_id)
    assert occurrence is not None
    return occurrence.public_id


def test_an_empty_map_invites(site: Site) -> None:
    page = opened(site)
    assert "地图还在等第一道绿迹" in words(page)
    assert "/record" in words(page)


def test_a_released_sighting_is_counted_and_listed_as_a_card(site: Site) -> None:
    public_id = released()
    shown = words(opened(site))
    assert "1 种 · 1 条记录" in shown
    assert "<summary>" in shown and "夜鹭" in shown
    assert f"/sighting?id={public_id}" in shown
    assert "精确到约 8 米" in shown


def test_a_generalised_record_says_how_rough_and_why(site: Site) -> None:
    released(taxon_id=str(PHEASANT))
    shown = words(opened(site))
    assert "大致位置（约 10 公里见方）：珍稀物种，或记录的人不想公开" in shown
    assert "2026 年 5 月" in shown
    assert "5 月 9 日" not in shown


def test_the_tiles_carry_the_filters_and_the_legends_classes(site: Site) -> None:
    released()
    page = opened(site, group="bird", district="330106", status="plausible")
    far, near = layer(page, "far")["data"], layer(page, "near")["data"]
    assert far == near
    assert far.startswith("/tiles/{z}/{x}/{y}.json?group=bird&district=330106&status=plausible")
    assert "classes=1,2,3,4,5" in far


def test_far_and_near_part_at_one_zoom(site: Site) -> None:
    released()
    page = opened(site)
    assert layer(page, "far")["visibleMaxZoom"] == layer(page, "near")["visibleMinZoom"]


def test_no_outside_map_is_asked_for(site: Site) -> None:
    spec = json.dumps(deck(opened(site)))
    assert "http" not in spec and "carto" not in spec and "mapbox" not in spec


def test_a_filter_that_finds_nothing_offers_the_whole_city(site: Site) -> None:
    released()
    page = opened(site, group="fish")
    assert "这里还没有公开的记录" in words(page)
    page.button(key="map_clear").click().run()
    assert "1 种 · 1 条记录" in words(page)


def test_a_district_is_chosen_by_keyboard_and_outlined(site: Site) -> None:
    released()
    page = opened(site)
    page.selectbox(key="map_district").select("330106").run()
    assert "<h2>西湖区</h2>" in words(page)
    assert layer(page, "chosen-8") and layer(page, "chosen-3")
    assert deck(page)["initialViewState"]["latitude"] < 30.3


def test_a_cell_is_named_after_what_is_known_there_and_can_be_left(site: Site) -> None:
    released()
    [(cell, _)] = runtime.store().map.cells(choice.Filters())
    page = opened(site, spot=cell)
    assert "西溪国家湿地公园一带" in words(page)
    page.button(key="map_back").click().run()
    assert "杭州全城" in words(page)


def test_one_record_is_shown_whole(site: Site) -> None:
    public_id = released()
    page = opened(site, spot=str(public_id))
    assert "m-single" in words(page)
    assert layer(page, "chosen-3")["data"]["features"][0]["geometry"]["type"] == "Point"


def test_an_address_with_a_species_shows_it_alone(site: Site) -> None:
    released()
    released(taxon_id=str(PHEASANT))
    page = opened(site, taxon=str(PHEASANT))
    assert "白颈长尾雉 · 杭州全城" in words(page)
    assert f"taxon_id={PHEASANT}" in layer(page, "far")["data"]
    assert "rough=1" in layer(page, "far")["data"]  # nothing finer: squares are drawn far away too
    page.button(key="map_back").click().run()
    assert "2 种 · 2 条记录" in words(page)


def test_a_longer_list_is_a_button_away(site: Site) -> None:
    device_id = phone(runtime.store())
    for _ in range(choice.STEP + 2):
        said(runtime.store(), record(runtime.store(), device_id), Verdict.ACCEPT)
    page = opened(site)
    assert words(page).count("<summary>") == choice.STEP
    page.button(key="map_more").click().run()
    assert words(page).count("<summary>") == choice.STEP + 2


def test_the_surveys_new_species_come_with_level_evidence_and_source(site: Site) -> None:
    page = opened(site, layer="new")
    shown = words(page)
    assert "苕溪鱲" in shown and "全球新物种" in shown and "来源：" in shown
    assert len(layer(page, "new")["data"]["features"]) > 5


def test_visitors_hear_nothing_of_a_missing_map_approval_number_and_staff_do(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "审图号" not in words(opened(site))
    monkeypatch.setattr("pages.visit.map.views._is_staff", lambda: True)
    assert "LUJI_MAP_APPROVAL" in words(opened(site))


@pytest.mark.parametrize("code", ["<script>", "10-1-1", "00000000-0000-0000-0000-000000000000"])
def test_an_address_that_names_nothing_is_no_error(site: Site, code: str) -> None:
    released()
    assert "<script>" not in words(opened(site, spot=code))


def test_a_name_is_shown_literally(site: Site) -> None:
    released(taxon_id=None, name="<script>alert(1)</script>", group="bird")
    shown = words(opened(site))
    assert "<script>" not in shown
    assert "鸟类（还没认出种）" in shown


def test_the_maps_colours_are_the_style_sheets() -> None:
    light, dark = colours_of("light"), colours_of("dark")
    assert light.fills[1][:3] == [0xD3, 0xE1, 0xA4]
    assert dark.fills[5][:3] == [0xF4, 0xE7, 0xA4]
    assert light.seal != dark.seal


def test_a_colour_is_asked_for_class_by_class() -> None:
    assert by_class([[1], [2], [3]]) == "properties.c == 0 ? [1] : properties.c == 1 ? [2] : [3]"
