"""Scientific names as others write them."""

import pytest

from observations.exchange.names import canonical, group_of_words


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
