"""Scientific names as others write them."""

from uuid import uuid4

import pytest

from db.seeding import read_seed
from db.taxa import taxon_of_seed
from observations.exchange.names import Names, canonical, group_of_words
from observations.taxa.store import FurtherName


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Nycticorax nycticorax (Linnaeus, 1758)", "Nycticorax nycticorax"),
        ("Achillea falcata L.", "Achillea falcata"),
        ("Parus minor minor Temminck & Schlegel", "Parus minor minor"),
        ("Taxus wallichiana var. mairei (Lemée & H.Lév.) L.K.Fu", "Taxus wallichiana mairei"),
        ("Carabus sp.", "Carabus"),
        ("Carabus cf. lafossei", "Carabus lafossei"),
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
