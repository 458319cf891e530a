"""Chinese names by their sound."""

import pytest

from observations.taxa.pinyin import (
    Sound,
    Syllabary,
    initials_of,
    sounds_like,
    spelt,
    syllables_of,
)

SYLLABLES = Syllabary(["BaiTouBei", "XiAn", "XianShu", "ZhongBaiLu"])


@pytest.mark.parametrize(
    ("typed", "spellings"),
    [
        ("b", ["B"]),
        ("bai", ["Bai"]),
        ("baito", ["BaiTo"]),
        ("baitoubei", ["BaiTouBei"]),
        ("xian", ["Xian", "XiAn"]),
        ("baotou", []),
        ("q", []),
        ("", []),
    ],
)
def test_letters_are_cut_into_syllables_every_way_there_is(
    typed: str, spellings: list[str]
) -> None:
    assert Sound(SYLLABLES, typed).spellings == spellings


@pytest.mark.parametrize(
    ("typed", "initials", "fits"),
    [
        ("btbei", "btb", True),
        ("baitb", "btb", True),
        ("zhbl", "zbl", False),
        ("batobei", "btb", False),
    ],
)
def test_syllables_may_be_shortened_to_their_initials(
    typed: str, initials: str, fits: bool
) -> None:
    mixed = Sound(SYLLABLES, typed).mixed

    assert (initials in mixed and bool(mixed[initials].match("BaiTouBei"))) is fits


def test_an_initial_of_two_letters_is_typed_with_one_or_two() -> None:
    assert Sound(SYLLABLES, "zhbl").mixed["zbl"].match("ZhongBaiLu")
    assert Sound(SYLLABLES, "zbl").initials == ["zbl"]


def test_long_nonsense_is_cut_in_no_time() -> None:
    assert Sound(SYLLABLES, "xian" * 11 + "q").spellings == []
    assert len(Sound(SYLLABLES, "xian" * 12).spellings) > 1


def test_a_name_with_two_readings_is_spelt_both_ways() -> None:
    assert spelt("重楼") == ["ChongLou", "ZhongLou"]
    assert spelt("·") == []
    assert initials_of("ZhongBaiLu") == "zbl"


def test_what_is_confused_is_written_alike() -> None:
    assert sounds_like("zhangshulang") == sounds_like("zansunang")


def test_the_reading_of_a_species_name_comes_first() -> None:
    assert syllables_of("貉") == (("he", "hao"),)
    assert syllables_of("女贞") == (("nv", "nu"), ("zhen",))
