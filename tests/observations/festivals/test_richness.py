"""Accumulation, Chao1 and coverage are what iNEXT says of its own example.

`spider` of iNEXT 3 (Ellison et al. 2010): ChaoRichness(spider) and DataInfo(spider).
"""

import pytest

from observations.festivals.richness import chao1, coverage, rarefied, richness

GIRDLED = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4, *[2] * 4, *[1] * 12]
LOGGED = [88, 22, 16, 15, 13, 10, 8, 8, 7, 7, 7, 5, *[4] * 3, *[3] * 4, *[2] * 4, *[1] * 14]


@pytest.mark.parametrize(
    ("counts", "estimate", "low", "high", "share"),
    [(GIRDLED, 43.893, 30.511, 96.971, 0.9289), (LOGGED, 61.403, 43.502, 128.583, 0.9446)],
    ids=["girdled", "logged"],
)
def test_the_numbers_are_those_of_inext(counts, estimate, low, high, share) -> None:
    whole = chao1(counts)
    assert (whole.value, whole.low, whole.high) == pytest.approx((estimate, low, high), abs=6e-4)
    assert coverage(counts) == pytest.approx(share, abs=5e-5)


def test_the_curve_rises_from_one_to_what_was_met() -> None:
    whole = richness(GIRDLED)
    assert whole is not None
    assert rarefied(GIRDLED, 1) == pytest.approx(1)
    last, estimate = whole.curve[-1]
    assert (last, estimate.value) == (168, pytest.approx(26))
    values = [estimate.value for _, estimate in whole.curve]
    assert values == sorted(values)
    assert all(e.low <= e.value <= e.high for _, e in whole.curve)
    assert whole.coverage.low < 0.9289 < whole.coverage.high <= 1
    assert whole == richness(GIRDLED)


@pytest.mark.parametrize(
    ("counts", "missing"), [([5, 4, 3], 0), ([1, 1, 1], 2), ([1, 9], 0), ([2, 2], 0)]
)
def test_lists_without_a_species_met_once_or_twice(counts, missing) -> None:
    whole = richness(counts)
    assert whole is not None
    assert whole.chao1.value == pytest.approx(len(counts) + missing)
    assert 0 <= whole.coverage.low <= whole.coverage.value <= whole.coverage.high <= 1


def test_nothing_is_said_of_less_than_two_encounters() -> None:
    assert richness([]) is None
    assert richness([1]) is None
