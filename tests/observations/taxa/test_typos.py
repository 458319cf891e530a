"""Words with one slip in them."""

import random

import pytest

from observations.taxa.typos import TypoIndex, is_one_typo


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("baitobei", True),
        ("baitoubbei", True),
        ("abitoubei", True),
        ("baitoubie", True),
        ("baitoubai", True),
        ("baitoubeix", True),
        ("aitoubei", True),
        ("baitoubei", False),
        ("batobei", False),
        ("baitoubeixx", False),
        ("iabtoubei", False),
        ("", False),
    ],
)
def test_one_slip_is_a_letter_out_in_wrong_or_two_swapped(typed: str, is_one: bool) -> None:
    assert is_one_typo(typed, "baitoubei") is is_one


def test_a_slip_anywhere_in_a_word_finds_it_among_many() -> None:
    dice = random.Random(4)
    words = ["".join(dice.choices("aeioubdghlnstxyz", k=dice.randint(5, 12))) for _ in range(3000)]
    slips = TypoIndex(words)

    for word in words[:200]:
        at = dice.randrange(len(word))
        assert word in slips.near(word[:at] + word[at + 1 :])


def test_capitals_are_kept_and_count_for_nothing() -> None:
    assert TypoIndex(["BaiTouBei"]).near("baitobei") == ["BaiTouBei"]


def test_short_words_are_left_alone() -> None:
    assert TypoIndex(["bai", "lian"]).near("ba") == []
    assert TypoIndex(["bai", "lian"]).near("lan") == ["lian"]
