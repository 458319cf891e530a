"""Scientific names as others write them."""

from uuid import uuid4

import pytest

from db.seeding import read_seed
from db.taxa import taxon_of_seed
from observations.exchange.names import Determination, Names, canonical, group_of_words
from observations.exchange.survey_file.problems import RowProblem
from observations.taxa.store import FurtherName
from observations.taxa.taxon import taxon_id_of

LISTED = Names(
    [taxon_of_seed(row) for row in read_seed("taxa.csv")],
    [
        FurtherName(uuid4(), taxon_id_of(row["scientific_name"]), row["name"], row["status"])
        for row in read_seed("taxon_names.csv")
    ],
)


def said(scientific: str, vernacular: str = "", *more: object) -> Determination:
    return LISTED.determine(scientific, vernacular, *more)  # type: ignore[arg-type]


def category(named: Determination) -> int | None:
    """The strictest category that a row of these names has."""
    own = named.taxon.sensitive_category if named.taxon else None
    return min((one for one in (own, named.category) if one), default=None)


def why(scientific: str, vernacular: str = "", *more: object) -> str:
    with pytest.raises(RowProblem) as refused:
        said(scientific, vernacular, *more)
    return refused.value.code


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Nycticorax nycticorax (Linnaeus, 1758)", "Nycticorax nycticorax"),
        ("Achillea falcata L.", "Achillea falcata"),
        ("Parus minor minor Temminck & Schlegel", "Parus minor minor"),
        ("Taxus wallichiana var. mairei (Lemée & H.Lév.) L.K.Fu", "Taxus wallichiana mairei"),
        ("Carabus sp.", "Carabus"),
        ("Carabus cf. lafossei", "Carabus"),
        ("Apis (Sigmatapis) cerana", "Apis cerana"),
        ("Syrmaticus_ellioti", "Syrmaticus ellioti"),
    ],
)
def test_author_and_rank_words_go(written: str, name: str) -> None:
    assert canonical(written) == name


@pytest.mark.parametrize("written", ["noch unbestimmt !!!", "夜鹭", "12", ""])
def test_what_is_no_name_is_none(written: str) -> None:
    assert canonical(written) is None


def test_groups_in_latin_english_and_chinese() -> None:
    assert group_of_words("", "Aves") == "bird"
    assert group_of_words("植物") == "plant"
    assert group_of_words("Insecta", "Animalia") == "insect"
    assert group_of_words("Animalia") is None


def test_an_old_name_of_a_sensitive_species_finds_it() -> None:
    taxon = taxon_of_seed(next(r for r in read_seed("taxa.csv") if r["sensitive_category"]))
    further = FurtherName(uuid4(), taxon.taxon_id, "Vetus nomen (Author, 1800)", "synonym")
    names = Names([taxon], [further])
    assert names.by_scientific("Vetus nomen") is taxon
    assert names.by_scientific("Vetus nomen minor") is taxon
    assert names.by_scientific("Vetus") is None


@pytest.mark.parametrize(
    ("scientific", "vernacular"),
    [
        ("Manis pentadactyl", "穿山甲"),
        ("Manis pentadactyl", ""),
        ("Mamis pentadactila", ""),
        ("manis pentadactyla", ""),
        ("MANIS PENTADACTYLA", ""),
        ("Manis Pentadactyla", ""),
        ("Manis Pentadactyl", ""),
        ("\u041canis pent\u0430dactyla", ""),  # Cyrillic M and a
        ("Manis\u200b pentadactyla", ""),
        ("Manis_pentadactyla", ""),
        ("Pentadactyla manis", ""),
        ("Manis pentadactyla cf.", ""),
        ("Manis sp.", ""),
        ("Manidae", ""),
        ("Manis pentadactyla or Ardea alba", ""),
        ("Isoëtes sinensis", "中华水韭"),
        ("Isoetes sinensi", "水韭"),
        ("Xus yus", "中华穿山甲"),
        ("Xus yus", "中華穿山甲"),
        ("Xus yus", "穿山甲？"),
        ("Xus yus", "1只穿山甲（幼体）"),
        ("Xus yus", "野生中华穿山甲"),
        ("Xus yus", "Chinese Pangolin"),
        ("Xus yus", "Manis pentadactyla"),
        ("Chinese pangolin", ""),
        ("CHINESE PANGOLINS", ""),
        ("Chinese pangolin (juv.)", ""),
        ("", "Chinese pangolin"),
        ("中华穿山甲", ""),
        ("穿山甲 Manis pentadactyla", ""),
        ("", "穿山甲"),
    ],
)
def test_a_sensitive_name_is_recognised_in_any_dress(scientific: str, vernacular: str) -> None:
    assert category(said(scientific, vernacular)) == 1


@pytest.mark.parametrize(
    ("scientific", "vernacular"),
    [
        ("Nycticorax nycticorax", "夜鹭"),
        ("Ardea alba", "大白鹭"),
        ("Passer montanus", "麻雀"),
        ("Nicrophorus concolor", "黑负葬甲"),
        ("Anas platyrhynchos", "绿头鸭（雌）"),
        ("Ardea alba", "白鹤一样的鸟"),  # what is on the checklist is not taken for another
        ("Pica pica", "喜鹊"),
    ],
)
def test_a_common_name_is_not_taken_for_a_rare_one(scientific: str, vernacular: str) -> None:
    assert category(said(scientific, vernacular)) is None


@pytest.mark.parametrize(
    ("scientific", "vernacular"),
    [
        ("Ardea alba", "夜鹭"),
        ("Nycticorax nycticorax", "大白鹭"),
        ("Ardea alba", "Chinese Pangolin"),
        ("Ardea alba", "Manis pentadactyla"),
        ("Nycticorax nycticorax", "Ardea alba"),
        ("夜鹭", "Ardea alba"),
        ("Ardea sp.", "夜鹭"),
    ],
)
def test_two_names_that_contradict_each_other_are_a_problem(
    scientific: str, vernacular: str
) -> None:
    assert why(scientific, vernacular) == "names_differ"


@pytest.mark.parametrize(
    ("cells", "sure"),
    [
        (("Anas cf. platyrhynchos",), "Anas"),
        (("Anas aff. platyrhynchos",), "Anas"),
        (("Anas platyrhynchos?",), "Anas"),
        (("Anas ?platyrhynchos",), "Anas"),
        (("Anas platyrhynchos (?)",), "Anas"),
        (("Anas platyrhynchos × Anas zonorhyncha",), "Anas"),
        (("Anas platyrhynchos x zonorhyncha",), "Anas"),
        (("Anas platyrhynchos/zonorhyncha",), "Anas"),
        (("Anas platyrhynchos or A. acuta",), "Anas"),
        (("Anas platyrhynchos complex",), "Anas"),
        (("Anas platyrhynchos hybrid",), "Anas"),
        (("Anas × Aythya",), "Anatidae"),
        (("cf. Anas platyrhynchos",), "Anatidae"),
        (("Anas platyrhynchos", "绿头鸭？"), "Anas"),
        (("Anas platyrhynchos", "疑似绿头鸭"), "Anas"),
        (("", "绿头鸭/斑嘴鸭"), "Anas"),
        (("", "绿头鸭或斑嘴鸭"), "Anas"),
        (("Anas platyrhynchos", "", "cf. platyrhynchos"), "Anas"),
        (("Anas platyrhynchos", "", "?"), "Anas"),
        (("Motacilla alba leucopsis", "", "cf. leucopsis"), "Motacilla alba"),
        (("Motacilla alba cf. leucopsis",), "Motacilla alba"),
        (("Xus × Yus", "", "", ("Anatidae",)), "Anatidae"),
    ],
)
def test_doubt_leaves_the_rank_that_is_sure_and_the_name_as_given(
    cells: tuple[object, ...], sure: str
) -> None:
    named = said(*cells)  # type: ignore[arg-type]
    assert named.scientific_name == sure
    assert named.vernacular_name == ""
    assert all(str(cell) in named.verbatim_name for cell in cells[:3] if cell)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Anas indet", "Anas"),
        ("Anas sp. 1", "Anas"),
        ("Anas sp1", "Anas"),
        ("Anas spp.", "Anas"),
        ("Carex sp. A", "Carex"),
        ("Anas platyrhynchos juv.", "Anas platyrhynchos"),
        ("Platanus × acerifolia", "Platanus acerifolia"),
        ("Platanus x acerifolia (Aiton) Willd.", "Platanus acerifolia"),
    ],
)
def test_no_word_that_names_nothing_becomes_a_rank(written: str, name: str) -> None:
    named = said(written)
    assert (named.scientific_name, named.verbatim_name) == (name, "")


def test_where_nothing_is_sure_the_row_has_a_problem() -> None:
    assert why("Xus × Yus") == "name_in_doubt"
    assert why("bird or bat") == "name_unreadable"


def test_the_english_word_of_a_sensitive_kind_is_as_sensitive_as_a_genus() -> None:
    assert category(said("Pangolin")) == 2
    assert category(said("Xus yus", "a domestic duck")) is None
