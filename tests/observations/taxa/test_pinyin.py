"""Chinese names by their sound."""

import pytest

from observations.taxa.pinyin import syllables_covered, syllables_of

BULBUL = (("bai",), ("tou",), ("bei",))


@pytest.mark.parametrize(
    ("typed", "covered"),
    [
        ("b", 1),
        ("bai", 1),
        ("bt", 2),
        ("baito", 2),
        ("btb", 3),
        ("baitoubei", 3),
        ("btbe", 3),
        ("", 0),
        ("t", 0),
        ("bb", 0),
        ("baitoubeix", 0),
        ("baotou", 0),
    ],
)
def test_letters_stand_for_syllables_whole_or_by_their_initial(typed: str, covered: int) -> None:
    assert syllables_covered(typed, BULBUL) == covered


def test_an_initial_of_two_letters_is_typed_with_one_or_two() -> None:
    heron = syllables_of("中白鹭")

    assert syllables_covered("zbl", heron) == 3
    assert syllables_covered("zhbl", heron) == 3


def test_the_reading_of_a_species_name_comes_first() -> None:
    assert syllables_of("貉") == (("he", "hao"),)
    assert syllables_of("女贞") == (("nv", "nu"), ("zhen",))
