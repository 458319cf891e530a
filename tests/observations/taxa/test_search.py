"""Finding a taxon by any of its names."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from observations.taxa.search import Fit, TaxonIndex
from observations.taxa.taxon import Group, Taxon, taxon_id_of
from observations.taxa.typed_name import fold
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
    names = [taxon.vernacular_name for taxon in taxa_found(index, "lian", limit=30)]

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


@pytest.mark.parametrize("query", ["<script>", "%", "'", "🐦", "vx", "b" * 80, "\u0000", "鹎头白"])
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
        ("baitoubenh", ""),
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


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("白头bei", "白头鹎"),
        ("白头鹎 Pycnonotus sinensis", "白头鹎"),
        ("白头鹎（Pycnonotus sinensis）", "白头鹎"),
        ("白头鹎(雀形目)", "白头鹎"),
        ("Pycnonotus sinensis (Gmelin, 1789)", "白头鹎"),
        ("Cinnamomum camphora (L.) J.Presl", "樟"),
        ("Hedera nepalensis var. sinensis (Tobler) Rehder", "常春藤"),
        ("Platanus x acerifolia", "二球悬铃木"),
        ("Platanus×hispanica", "二球悬铃木"),
        ("photinia fraseri", "红叶石楠"),
        ("mandarin ducks", "鸳鸯"),
        ("two mandarin ducks", "鸳鸯"),
        ("light–vented bulbul", "白头鹎"),
        ("black‑crowned night−heron", "夜鹭"),
        ("白\u200b头鹎\ufeff", "白头鹎"),
        ("白 头 鹎", "白头鹎"),
        ("3只白头鹎", "白头鹎"),
        ("三只麻雀", "麻雀"),
        ("麻雀两只", "麻雀"),
        ("白头鹎x2", "白头鹎"),
        ("绿头鸭♂", "绿头鸭"),
        ("一枝黄花", "加拿大一枝黄花"),
        ("一年蓬", "一年蓬"),
        ("八角莲", "八角莲"),
        ("樟树", "樟"),
        ("白鹭鸟", "白鹭"),
        ("桃花树", "桃"),
        ("翘嘴", "翘嘴鲌"),
        ("荷花", "莲"),
        ("黑鱼", "乌鳢"),
    ],
)
def test_a_name_is_that_taxon_in_any_dress(index: TaxonIndex, query: str, name: str) -> None:
    best = index.search(query, limit=1)[0]

    assert (TAXA[best.taxon_id].vernacular_name, best.fit.is_near) == (name, False)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("P. sinensis", "白头鹎"),
        ("p sinensis", "白头鹎"),
        ("nightheron", "夜鹭"),
        ("看到一只白头鹎", "白头鹎"),
        ("鸭子", "绿头鸭"),
        ("白头杯", "白头鹎"),
        ("白头", "白头鹎"),
        ("btb", "白头鹎"),
        ("baitoub", "白头鹎"),
    ],
)
def test_what_only_resembles_a_name_says_so(index: TaxonIndex, query: str, name: str) -> None:
    hits = index.search(query, limit=8)

    assert name in [TAXA[hit.taxon_id].vernacular_name for hit in hits]
    assert all(hit.fit.is_near for hit in hits)


def test_a_class_word_belongs_to_its_group(index: TaxonIndex) -> None:
    sure = [hit for hit in index.search("白鹭树", limit=8) if not hit.fit.is_near]

    assert sure == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("夜鹭", "夜鹭"),
        ("nycticorax NYCTICORAX", "夜鹭"),
        ("白头鹎 Pycnonotus sinensis (Gmelin, 1789)", "白头鹎"),
        ("Eichhornia crassipes", "凤眼蓝"),
        ("凤眼莲", "凤眼蓝"),
        ("3只白头鹎", "白头鹎"),
        ("Mandarin Ducks", "鸳鸯"),
    ],
)
def test_a_name_in_full_names_its_taxon(index: TaxonIndex, text: str, name: str) -> None:
    named = [taxon_ids for taxon_ids in index.named(text) if taxon_ids]

    assert {TAXA[i].vernacular_name for i in set.intersection(*named)} == {name}


@pytest.mark.parametrize(
    "text",
    [
        "白头",
        "猫头鹰",
        "白头翁",
        "夜鹭 Ardea alba",
        "夜鹭？",
        "可能是夜鹭",
        "夜鹭或池鹭",
        "夜鹭/池鹭",
    ]
    + ["Anas cf. acuta", "yelu", "夜路", "", "（）", "大白鹭 鸟"],
)
def test_nothing_less_than_a_name_names_a_taxon(index: TaxonIndex, text: str) -> None:
    named = [taxon_ids for taxon_ids in index.named(text) if taxon_ids]

    assert not named or not set.intersection(*named)


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
