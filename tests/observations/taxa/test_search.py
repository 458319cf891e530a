"""Finding a taxon by any of its names."""

import csv
import time
from pathlib import Path
from uuid import UUID

import pytest

from db.taxa import taxon_of_seed
from observations.taxa.search import TaxonIndex, fold
from observations.taxa.taxon import Group, taxon_id_of

SEED = Path(__file__).parents[3] / "db" / "seed" / "taxa.csv"


@pytest.fixture(scope="module")
def index() -> TaxonIndex:
    with SEED.open(encoding="utf-8", newline="") as rows:
        return TaxonIndex(taxon_of_seed(row) for row in csv.DictReader(rows))


def first(index: TaxonIndex, query: str) -> str:
    found = index.search(query, limit=1)
    return found[0].vernacular_name if found else ""


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("白头鹎", "白头鹎"),
        ("头鹎", "白头鹎"),
        ("btb", "白头鹎"),
        ("BTB", "白头鹎"),
        ("baitoubei", "白头鹎"),
        ("bai tou bei", "白头鹎"),
        ("báitóubēi", "白头鹎"),
        ("baitoub", "白头鹎"),
        ("btbei", "白头鹎"),
        ("toubei", "白头鹎"),
        ("yelu", "夜鹭"),
        ("lvtouya", "绿头鸭"),
        ("lutouya", "绿头鸭"),
        ("lǜtóuyā", "绿头鸭"),
        ("zhlj", ""),
        ("Pycnonotus sinensis", "白头鹎"),
        ("amjiensis", "安吉小鲵"),
        ("hynobius am", "安吉小鲵"),
        ("mandarin duck", "鸳鸯"),
        ("elliots pheasant", "白颈长尾雉"),
        ("light vented", "白头鹎"),
    ],
)
def test_every_name_finds_it(index: TaxonIndex, query: str, name: str) -> None:
    assert first(index, query) == name


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("tiaoxilie", "苕溪鱲"),
        ("shaoxilie", "苕溪鱲"),
        ("huachonglou", "华重楼"),
        ("huazhonglou", "华重楼"),
        ("baijingchangweizhi", "白颈长尾雉"),
        ("zangqiuhou", "藏酋猴"),
    ],
)
def test_a_character_with_two_readings_is_found_by_both(
    index: TaxonIndex, query: str, name: str
) -> None:
    assert first(index, query) == name


def test_a_whole_name_comes_before_a_beginning_and_that_before_the_inside(
    index: TaxonIndex,
) -> None:
    names = [taxon.vernacular_name for taxon in index.search("lian", limit=12)]

    assert names[:2] == ["鲢", "莲"]
    assert names.index("连香树") < names.index("黑脸琵鹭")


def test_what_people_meet_comes_before_what_is_rare(index: TaxonIndex) -> None:
    whole = [t for t in index.search("bai", limit=50) if t.vernacular_name.startswith("白")]
    tiers = [taxon.tier for taxon in whole]

    assert set(tiers) == {1, 2}
    assert tiers == sorted(tiers)


def test_what_was_recorded_more_often_comes_first(index: TaxonIndex) -> None:
    bulbul = taxon_id_of("Pycnonotus sinensis")

    assert index.search("白头", counts={bulbul: 12})[0].taxon_id == bulbul


def test_a_group_leaves_the_others_out(index: TaxonIndex) -> None:
    found = index.search("bai", group=Group.PLANT, limit=50)

    assert found
    assert {taxon.group for taxon in found} == {Group.PLANT}


def test_an_empty_query_gives_the_likeliest(index: TaxonIndex) -> None:
    counts: dict[UUID, int] = {taxon_id_of("Nelumbo nucifera"): 3}

    found = index.search("  ", counts=counts)

    assert len(found) == 8
    assert found[0].vernacular_name == "莲"


@pytest.mark.parametrize("query", ["<script>", "%", "'", "🐦", "xx", "b" * 80, "\u0000", "鹎头白"])
def test_nonsense_finds_nothing_and_breaks_nothing(index: TaxonIndex, query: str) -> None:
    assert index.search(query, limit=3) == [] or query == "'"


def test_a_search_is_quick_enough_to_follow_the_typing(index: TaxonIndex) -> None:
    queries = ["b", "ba", "bai", "btb", "night heron", "鹭", "shanque"]

    started = time.perf_counter()
    for query in queries:
        index.search(query)
    each = (time.perf_counter() - started) / len(queries)

    assert each < 0.02  # about 0.002 on a quiet machine


def test_folding_keeps_the_letters_alone() -> None:
    assert fold("  Black-crowned  Night Heron ") == "black crowned night heron"
    assert fold("Elliot’s") == fold("elliot's") == "elliots"
