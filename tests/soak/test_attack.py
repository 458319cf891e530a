"""The attacks on the published figures, on many more cities and groups, also of unusual answers."""

import random

import pytest

from observations.satisfaction.publication.rounding import tens
from tests.observations.satisfaction import test_attack_by_exhaustion as exhaustion
from tests.observations.satisfaction.test_attack import city, linear_finds, published_of

pytestmark = pytest.mark.soak
KINDS = {
    "usual": (0.05, 0.1, 0.2, 0.4, 0.25),
    "nearly all content": (0.01, 0.02, 0.05, 0.12, 0.8),
    "of two minds": (0.35, 0.1, 0.05, 0.1, 0.4),
    "alike": (0.005, 0.005, 0.01, 0.08, 0.9),
}


@pytest.mark.parametrize("seed", range(1000, 1400))
def test_no_sum_or_difference_of_published_figures_is_of_fewer_than_ten(seed: int) -> None:
    sheets = city(seed)
    assert linear_finds(sheets, published_of(sheets)) == []


def of_the_mean(counts: tuple[int, ...]) -> exhaustion.Seen:
    """What the mean and the number in tens tell by themselves."""
    n = sum(counts)
    mean = round(sum(25 * a * k for a, k in enumerate(counts)) / n, 1)
    return exhaustion.Seen(range(tens(n), tens(n) + 10), mean, 0, 100)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", range(10, 36))
def test_what_is_published_fixes_no_more_than_the_mean_does(
    kind: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exhaustion, "USUAL", KINDS[kind])
    monkeypatch.setattr(exhaustion, "_SETS", {})
    chance = random.Random(size)
    for _ in range(30 if size < 30 else 8):
        group = exhaustion.group(chance, size)
        likely = exhaustion.fixed(group, exhaustion.as_published)
        assert (
            likely <= exhaustion.LIKELY or exhaustion.fixed(group, of_the_mean) > exhaustion.LIKELY
        )
