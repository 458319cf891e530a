"""What was new: each publisher's own count, and every name's story with its evidence and source."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from observations.surveys.case_steps import Candidate, announce, describe, judge, open_case
from observations.surveys.cases import Description, Opinion
from observations.surveys.levels import Level
from observations.verification.decisions import Verdict
from pages.parts import runtime
from tests.support.cast import HE_QING, ZHOU_HENG
from tests.support.sightings import NOW, SECOND_VERIFIER, phone, record, said
from tests.support.site import Site

PAGE = "visit/discoveries/page.py"
KNOWN = Description(
    scientific_name="Zacco examplensis",
    authorship="Example, 2026",
    vernacular_name="示例鱲",
    literature="Example Journal 1: 1–9",
    specimen="ZJU-0001",
    district="330110",
    locality_zh="一条溪",
    locality_en="A stream",
    about_zh="它在石头底下。",
    about_en="It was under a stone.",
)


def words(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.body for element in page.get("html"))


def sealed(occurrence_id: UUID | None = None) -> UUID:
    """A case that is described and not judged yet."""
    store = runtime.store()
    candidate = Candidate(occurrence_id, Level.SCIENCE, "fish", "林夏", date(2026, 5, 1))
    case_id = open_case(store, HE_QING, candidate, NOW)
    describe(store, ZHOU_HENG, case_id, KNOWN, NOW)
    return case_id


def announced(case_id: UUID) -> str:
    """Judged new by two and announced; the code of its story."""
    store = runtime.store()
    for person in (ZHOU_HENG, SECOND_VERIFIER):
        judge(store, person, case_id, Opinion.NEW, "看了标本", NOW)
    return announce(store, HE_QING, case_id, NOW)


def test_every_publishers_count_stands_with_its_own_source_and_none_is_a_sum(site: Site) -> None:
    shown = words(site.open(PAGE))
    counts = shown.split('<div class="s-counts">')[1].split("</div></div>")[0]
    said_of = [card.split("</div>")[0] for card in counts.split('<div class="g-card">')[1:]]
    numbers = [card.split('g-num">')[1].split("<")[0] for card in said_of]
    assert numbers == ["4", "2", "5", "4"]
    for card, source in zip(
        said_of, ("生态环境局", "生态环境局", "白皮书", "人民日报"), strict=True
    ):
        assert source in card
    assert "不相加" in shown
    for total in (4 + 2, 4 + 5, 4 + 2 + 5, 4 + 2 + 5 + 4):
        assert f'g-num">{total}<small>' not in shown


def test_the_list_counts_by_level_and_year_only_what_has_a_source(site: Site) -> None:
    shown = words(site.open(PAGE))
    table = shown.split("s-years")[1].split("</table>")[0]
    assert "全球新物种" in table and "中国新记录" in table and ">2023<" in table
    records = runtime.store().surveys.new_records()
    assert all(record.source for record in records)
    assert shown.count("/discoveries?code=") == len(records)


def test_a_story_is_told_with_what_it_rests_on_and_its_source(site: Site) -> None:
    shown = words(site.open(PAGE, code="zacco-tiaoxiensis"))
    assert "<h1>苕溪鱲</h1>" in shown and "Zacco tiaoxiensis" in shown
    for told in ("全球新物种", "Zhang, Zhou &amp; Yang, 2023", "住在余杭的苕溪", "原始发表"):
        assert told in shown, told
    assert "模式标本采自杭州" in shown
    assert "来源：J. Shanghai Ocean Univ. 32(3)" in shown
    assert "/map?layer=new&amp;spot=zacco-tiaoxiensis" in shown


def test_a_name_that_is_not_confirmed_says_so_and_a_missing_one_is_the_latin(site: Site) -> None:
    assert "学名待核" in words(site.open(PAGE, code="hangzhou-juanjiaoer"))
    assert "<h1>Cololejeunea tianmuensis</h1>" in words(
        site.open(PAGE, code="cololejeunea-tianmuensis")
    )


def test_a_protected_plant_has_no_place_and_no_way_to_the_map(site: Site) -> None:
    shown = words(site.open(PAGE, code="ostrya-rehderiana"))
    assert "没有公开" in shown and "spot=ostrya" not in shown


def test_a_sealed_case_is_on_no_public_page(site: Site) -> None:
    store = runtime.store()
    occurrence_id = record(store, phone(store))
    said(store, occurrence_id, Verdict.ACCEPT)
    occurrence = store.occurrences.occurrence(occurrence_id)
    assert occurrence
    before = words(site.open(PAGE))
    sealed(occurrence_id)
    assert words(site.open(PAGE)) == before
    for page, query in (
        (PAGE, {"code": "zacco"}),
        ("visit/map/page.py", {}),
        ("visit/map/page.py", {"layer": "new"}),
        ("visit/map/page.py", {"spot": str(occurrence.public_id)}),
        ("visit/sighting/page.py", {"id": str(occurrence.public_id)}),
        ("visit/places/page.py", {"id": "xixi"}),
        ("visit/home/page.py", {}),
    ):
        opened = site.open(None if page == "visit/home/page.py" else page, **query)
        shown = words(opened)
        for kept_back in ("示例鱲", "examplensis", "ZJU-0001", "一条溪", "夜鹭"):
            assert kept_back not in shown, (page, query, kept_back)


def test_what_was_announced_has_a_story_that_credits_the_finder(site: Site) -> None:
    code = announced(sealed())
    shown = words(site.open(PAGE, code=code))
    assert "<h1>示例鱲</h1>" in shown and "Example, 2026" in shown
    assert "发现的人" in shown and "林夏" in shown
    assert "它在石头底下。" in shown and "余杭区" in shown
    assert "Example Journal 1: 1–9; ZJU-0001" in shown
    assert "两位核实员各自判断" in shown
    whole = words(site.open(PAGE))
    assert f"/discoveries?code={code}" in whole
    assert "从遇见到公布的天数，中间数是 8 天" in whole


def test_what_staff_wrote_is_shown_literally(site: Site) -> None:
    case_id = sealed()
    hostile = replace(KNOWN, about_zh="<script>alert(1)</script>", vernacular_name="<b>鱼</b>")
    describe(runtime.store(), ZHOU_HENG, case_id, hostile, NOW + timedelta(minutes=1))
    shown = words(site.open(PAGE, code=announced(case_id)))
    assert "<script>" not in shown and "&lt;script&gt;" in shown and "<h1><b>" not in shown


@pytest.mark.parametrize("code", ["<script>", "nothing", ""])
def test_an_address_that_names_nothing_shows_the_list(site: Site, code: str) -> None:
    shown = words(site.open(PAGE, code=code))
    assert "s-counts" in shown and "<script>" not in shown


def test_it_is_told_in_english_too(site: Site) -> None:
    site.speak("en")
    shown = words(site.open(PAGE, code="hangzhou-juanjiaoer"))
    assert "known only from Shiniu Mountain" in shown
    assert "杭州卷胶耳" in shown  # it has no other name yet
