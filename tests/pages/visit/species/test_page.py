"""The species pages: what has been met and what not, and nothing of a place that is kept."""

from uuid import UUID

from streamlit.testing.v1 import AppTest

from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.parts import runtime
from pages.parts.taxa import checklist
from tests.support.sightings import NIGHT_HERON, phone, record, said
from tests.support.site import Site

PAGE = "visit/species/page.py"
PHEASANT = taxon_id_of("Syrmaticus ellioti")
SALAMANDER = taxon_id_of("Hynobius amjiensis")
SECRET = {"latitude": 30.211347, "longitude": 120.186759, "uncertainty_m": 4, "source": "exif"}


def words(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.body for element in page.get("html"))


def released(taxon_id: UUID = NIGHT_HERON, **changes: object) -> None:
    store = runtime.store()
    occurrence_id = record(store, phone(store), taxon_id=str(taxon_id), **changes)
    said(store, occurrence_id, Verdict.ACCEPT)
    checklist._found_of.cache_clear()


def test_the_nine_groups_say_how_many_of_their_species_were_met(site: Site) -> None:
    released()
    shown = words(site.open(PAGE))
    assert shown.count('s-group"') == 9
    assert "已经有人遇见 1 种" in shown
    assert "/species?group=other%20invertebrate" in shown or "group=other invertebrate" in shown


def test_a_group_shows_what_was_met_before_what_was_not(site: Site) -> None:
    released()
    shown = words(site.open(PAGE, group="bird"))
    assert "夜鹭" in shown and "1 条记录" in shown
    assert shown.index("夜鹭") < shown.index("还没有人遇见") < shown.index("白颈长尾雉")


def test_the_tree_marks_what_was_met(site: Site) -> None:
    released()
    shown = words(site.open(PAGE, group="bird", by="tree"))
    assert "Pelecaniformes" in shown and "Ardeidae" in shown
    assert "s-dot on" in shown


def test_a_species_page_has_map_season_districts_and_where_to_look(site: Site) -> None:
    released()
    shown = words(site.open(PAGE, taxon=str(NIGHT_HERON)))
    assert "<h1>夜鹭</h1>" in shown and "Nycticorax nycticorax" in shown
    assert f"/tiles/city.svg?taxon_id={NIGHT_HERON}" in shown
    assert shown.count('<li><b class="g-num">') == 12
    assert "西湖区 1" in shown
    assert "2026 年 5 月 – 2026 年 5 月" in shown


def test_a_species_that_nobody_met_invites(site: Site) -> None:
    shown = words(site.open(PAGE, taxon=str(NIGHT_HERON)))
    assert "还没有公开的记录" in shown and "/record" in shown


def test_a_sensitive_species_says_nothing_of_where_to_look(site: Site) -> None:
    released(PHEASANT, place=SECRET)
    shown = words(site.open(PAGE, taxon=str(PHEASANT)))
    assert "这里不说去哪里找" in shown
    assert "只公开大致位置和月份：国家重点保护" in shown
    assert "30.21" not in shown and "120.18" not in shown


def test_a_withheld_species_looks_the_same_with_and_without_a_record(site: Site) -> None:
    before = words(site.open(PAGE, taxon=str(SALAMANDER)))
    released(SALAMANDER, place=SECRET)
    assert words(site.open(PAGE, taxon=str(SALAMANDER))) == before
    assert "它的记录不公开" in before


def test_an_address_that_names_nothing_shows_the_groups(site: Site) -> None:
    assert "s-groups" in words(site.open(PAGE, taxon="<script>", group="dragons"))
