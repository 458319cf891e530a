"""Finding a taxon by any of its names."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from observations.taxa.search import Fit, TaxonIndex, fold
from observations.taxa.taxon import Group, Taxon, taxon_id_of
from tests.support.checklist import index_of, seed_taxa

TAXA = {taxon.taxon_id: taxon for taxon in seed_taxa()}


@pytest.fixture(scope="module")
def index() -> TaxonIndex:
    return index_of(list(TAXA.values()))


def taxa_found(index: TaxonIndex, query: str, **asked: Any) -> list[Taxon]:
    return [TAXA[hit.taxon_id] for hit in index.search(query, **asked)]


def first(index: TaxonIndex, query: str) -> str:
    taxa = taxa_found(index, query, limit=1)
    return taxa[0].vernacular_name if taxa else ""


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
    names = [taxon.vernacular_name for taxon in taxa_found(index, "lian", limit=14)]

    assert names[:2] == ["鲢", "莲"]
    assert names.index("连香树") < names.index("黑脸琵鹭")


def test_what_people_meet_comes_before_what_is_rare(index: TaxonIndex) -> None:
    begun = [t for t in taxa_found(index, "bai", limit=50) if t.vernacular_name.startswith("白")]
    tiers = [taxon.tier for taxon in begun]

    assert set(tiers) == {1, 2}
    assert tiers == sorted(tiers)


def test_what_was_recorded_more_often_comes_first(index: TaxonIndex) -> None:
    bulbul = taxon_id_of("Pycnonotus sinensis")

    assert index.search("白头", counts={bulbul: 12})[0].taxon_id == bulbul


def test_a_group_leaves_the_others_out(index: TaxonIndex) -> None:
    plants = taxa_found(index, "bai", group=Group.PLANT, limit=50)

    assert plants
    assert {taxon.group for taxon in plants} == {Group.PLANT}


def test_an_empty_query_gives_the_likeliest(index: TaxonIndex) -> None:
    counts: dict[UUID, int] = {taxon_id_of("Nelumbo nucifera"): 3}

    likeliest = taxa_found(index, "  ", counts=counts)

    assert len(likeliest) == 8
    assert likeliest[0].vernacular_name == "莲"


@pytest.mark.parametrize("query", ["<script>", "%", "'", "🐦", "xx", "b" * 80, "\u0000", "鹎头白"])
def test_nonsense_finds_nothing_and_breaks_nothing(index: TaxonIndex, query: str) -> None:
    assert index.search(query, limit=3) == [] or query == "'"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("baitobei", "白头鹎"),  # a letter left out
        ("baituobei", "白头鹎"),  # two swapped
        ("baittoubei", "白头鹎"),  # one too many
        ("baitoubai", "白头鹎"),  # a wrong one
        ("zonghuachanchu", "中华蟾蜍"),  # zh and z, ch and c
        ("baitoubeng", ""),
        ("picnonotus sinensis", "白头鹎"),
        ("mandarin duk", "鸳鸯"),
    ],
)
def test_a_slip_is_forgiven_once(index: TaxonIndex, query: str, name: str) -> None:
    assert first(index, query) == name


@pytest.mark.parametrize(
    ("query", "name"),
    [("yeru", "夜鹭"), ("huansansong", "黄山松"), ("nvtouya", "绿头鸭")],
)
def test_sounds_that_many_do_not_keep_apart_are_taken_for_each_other(
    index: TaxonIndex, query: str, name: str
) -> None:
    assert first(index, query) == name


def test_a_slip_comes_after_what_begins_so(index: TaxonIndex) -> None:
    fits = [hit.fit for hit in index.search("lian", limit=30)]

    assert fits == sorted(fits)
    assert {Fit.WHOLE, Fit.START, Fit.NEARLY} <= set(fits)


@pytest.mark.parametrize("query", ["白头杯", "白頭鵯"])
def test_a_character_of_the_same_sound_finds_a_rare_one(index: TaxonIndex, query: str) -> None:
    assert first(index, query) == "白头鹎"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("鱼腥草", "蕺菜"),
        ("yxc", "蕺菜"),
        ("yuxingcao", "蕺菜"),
        ("桂花", "木樨"),
        ("Cinnamomum camphora", "樟"),
        ("水葫芦", "凤眼蓝"),
        ("Eichhornia", "凤眼蓝"),
    ],
)
def test_synonyms_and_local_names_find_the_taxon(index: TaxonIndex, query: str, name: str) -> None:
    assert first(index, query) == name


def test_names_that_sound_alike_each_come_with_their_group(index: TaxonIndex) -> None:
    hits = index.search("lian", limit=2)

    assert [TAXA[hit.taxon_id].vernacular_name for hit in hits] == ["鲢", "莲"]
    assert [hit.group for hit in hits] == [Group.FISH, Group.PLANT]


def test_what_is_recorded_comes_first_however_long_the_list_is() -> None:
    [example] = [taxon for taxon in TAXA.values() if taxon.vernacular_name == "白头鹎"]
    many = [
        replace(example, taxon_id=taxon_id_of(f"Avis {number}"), scientific_name=f"Avis {number}")
        for number in range(20_000)
    ]
    index = index_of(many, [])
    recorded = many[41].taxon_id

    assert index.search("b", counts={recorded: 1})[0].taxon_id == recorded
    assert len(index.search("", limit=50)) == 50


def test_folding_keeps_the_letters_alone() -> None:
    assert fold("  Black-crowned  Night Heron ") == "black crowned night heron"
    assert fold("Elliot’s") == fold("elliot's") == "elliots"
