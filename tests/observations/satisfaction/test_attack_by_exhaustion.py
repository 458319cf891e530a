"""An attack on the figures of one group: nobody's answer or proof can be worked out from them.

The adversary goes through every set of answers there could be, weighs each by how often people
answer like that, keeps those that the program would publish alike, and asks whether anything is
certain, or over 0.9 likely. Each guard is taken out in turn, and the attack then gets through.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import lgamma, log

import numpy as np
import pytest

from observations.satisfaction.figures.estimates import Part, estimate
from observations.satisfaction.publication import renewal, rounding
from observations.satisfaction.publication.rounding import published

LIKELY = 0.9
FEWEST = 10
USUAL = (0.05, 0.1, 0.2, 0.4, 0.25)
"""How often people give 1, 2, 3, 4 and 5: what the adversary supposes before looking."""


def _answer(chance: random.Random) -> int:
    return chance.choices((1, 2, 3, 4, 5), USUAL)[0]


# The exhaustive solver


@dataclass(frozen=True)
class Seen:
    """What is known of a group: how many people it may have, mean, limits, spread."""

    sizes: range
    mean: float
    low: float
    high: float
    sd: float | None = None


View = Callable[[tuple[int, ...]], Seen]


def as_published(counts: tuple[int, ...]) -> Seen:
    """What the program publishes of people who gave 1 to 5 this many times."""
    exact = estimate([Part.of_counts(counts)])
    assert exact is not None
    shown = published(exact)
    return Seen(range(shown.n, shown.n + 10), shown.mean, shown.low, shown.high)


def with_exact_interval(counts: tuple[int, ...]) -> Seen:
    exact = estimate([Part.of_counts(counts)])
    assert exact is not None
    return replace(as_published(counts), low=round(exact.low, 1), high=round(exact.high, 1))


def with_sd(counts: tuple[int, ...]) -> Seen:
    seen, n = as_published(counts), sum(counts)
    scores = [25 * a for a, k in enumerate(counts) for _ in range(k)]
    middle = sum(scores) / n
    sd = (sum((x - middle) ** 2 for x in scores) / (n - 1)) ** 0.5
    return replace(seen, sd=round(sd, 2))


def fixed(counts: tuple[int, ...], view: View) -> float:
    """How likely the adversary holds the likeliest set of answers to be, given what is seen.

    Sets a thousand times less likely than the likeliest are left out: that makes the adversary
    only surer.
    """
    seen = view(counts)
    candidates: dict[tuple[int, ...], float] = {}
    for n in seen.sizes:
        rows, likelihood = _sets_of(n)
        at = np.flatnonzero(np.abs(25 * (rows @ np.arange(5)) / n - seen.mean) <= 0.0501)
        found = zip(map(tuple, rows[at].tolist()), likelihood[at].tolist(), strict=True)
        candidates |= dict(found)
    least = max(candidates.values()) / 1000
    weights = {
        row: likely
        for row, likely in candidates.items()
        if row == counts or (likely >= least and view(row) == seen)
    }
    assert counts in weights  # what is true is never ruled out
    return max(weights.values()) / sum(weights.values())


_SETS: dict[int, tuple[np.ndarray, np.ndarray]] = {}


def _sets_of(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Every number of times that n people can have given 1 to 5, and how likely each is."""
    if n not in _SETS:
        bars = np.array(list(combinations(range(n + 4), 4)))
        edges = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), n + 4)])
        rows = np.diff(edges, axis=1) - 1
        factorials = np.array([lgamma(k + 1) for k in range(n + 1)])
        chance = rows @ np.array([log(p) for p in USUAL]) - factorials[rows].sum(axis=1)
        _SETS[n] = rows, np.exp(chance + lgamma(n + 1))
    return _SETS[n]


def group(chance: random.Random, people: int) -> tuple[int, ...]:
    counts = Counter(_answer(chance) for _ in range(people))
    return tuple(counts[answer] for answer in range(1, 6))


def _largest(seed: int, view: View, sizes: tuple[int, int], groups: int) -> float:
    chance = random.Random(seed)
    return max(fixed(group(chance, chance.randint(*sizes)), view) for _ in range(groups))


@pytest.mark.parametrize("sizes", [(10, 12), (13, 19), (20, 29), (30, 33)])
def test_what_is_published_fixes_nobody_s_answers(sizes: tuple[int, int]) -> None:
    assert _largest(1, as_published, sizes, groups=8 if sizes[0] == 10 else 3) <= LIKELY


@pytest.mark.parametrize("view", [with_exact_interval, with_sd])
def test_an_exact_interval_or_a_spread_under_thirty_fixes_them(view: View) -> None:
    assert _largest(1, view, (10, 12), groups=8) > LIKELY


NEARLY_ALIKE = [(0, 0, 30, 2, 0), (0, 0, 0, 11, 21)]
EXTREME = [(12, 1, 0, 1, 17), (14, 0, 0, 0, 17)]


def _of(
    groups: list[tuple[int, ...]], usual: tuple[float, ...], patch: pytest.MonkeyPatch
) -> float:
    """The same of groups that are usual where people answer like `usual`."""
    patch.setitem(globals(), "USUAL", usual)
    patch.setitem(globals(), "_SETS", {})
    return max(fixed(counts, as_published) for counts in groups)


ALIKE, TWO_MINDS = (0.01, 0.02, 0.3, 0.37, 0.3), (0.4, 0.05, 0.05, 0.05, 0.45)


@pytest.mark.parametrize(("groups", "usual"), [(NEARLY_ALIKE, ALIKE), (EXTREME, TWO_MINDS)])
def test_where_all_answer_alike_or_extremely_nobody_s_answer_is_told(
    groups: list[tuple[int, ...]], usual: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _of(groups, usual, monkeypatch) <= LIKELY


def test_the_narrowest_interval_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding, "LEAST_OF_NARROWEST", 0)
    assert _of(NEARLY_ALIKE, ALIKE, monkeypatch) > LIKELY


def test_the_widest_interval_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding, "MOST_OF_WIDEST", 2)
    assert _of(EXTREME, TWO_MINDS, monkeypatch) > LIKELY


# Who proved where they live, and the answer that came between two publications


def _sums(people: int) -> np.ndarray:
    """How likely each sum of so many people's answers is, each answer from 0 to 4."""
    likely = np.array([1.0])
    for _ in range(people):
        likely = np.convolve(likely, USUAL)
    return likely


def tiers_fixed(words: int, proofs: int, total: int, sizes: range) -> float:
    """How likely the adversary holds the likeliest number of proofs to be.

    Seen is the mean of all answers, where a proof counts twice as much as a word; of so few proofs
    no figure of their own is published. `total` is the sum of answers, those with proof twice.
    """
    mean = round(25 * total / (words + 2 * proofs), 1)
    weights: Counter[int] = Counter()
    for one in range(FEWEST):
        for n in sizes:
            if n < one:
                continue
            doubled = np.zeros(8 * one + 1)
            doubled[::2] = _sums(one)
            both = np.convolve(doubled, _sums(n - one))
            means = 25 * np.arange(len(both)) / (n + one)
            weights[one] += both[np.abs(means - mean) <= 0.0501].sum()
    return max(weights.values()) / sum(weights.values())


def _tiers(seed: int, sizes: Callable[[int], range], groups: int = 150) -> float:
    chance = random.Random(seed)
    largest = 0.0
    for _ in range(groups):
        words, proofs = chance.randint(10, 30), chance.randint(0, 4)
        total = sum(_answer(chance) - 1 for _ in range(words))
        total += sum(2 * (_answer(chance) - 1) for _ in range(proofs))
        largest = max(largest, tiers_fixed(words, proofs, total, sizes(words + proofs)))
    return largest


def in_tens(people: int) -> range:
    return range(rounding.tens(people), rounding.tens(people) + 10)


def exactly(people: int) -> range:
    return range(people, people + 1)


def test_nobody_can_tell_how_many_proved_where_they_live() -> None:
    assert _tiers(3, in_tens) <= LIKELY


def test_an_exact_number_of_answers_tells_how_many_proved_it() -> None:
    assert _tiers(3, exactly) > LIKELY


def between(people: int, first: int, new: tuple[int, ...]) -> float:
    """How likely the adversary holds one answer of the people who came between two publications.

    `first` is the sum of the `people` before, `new` the answers since; how many came is known.
    """
    after, came = people + len(new), len(new)
    means = round(25 * first / people, 1), round(25 * (first + sum(new)) / after, 1)
    weights: Counter[int] = Counter()
    one_less = _sums(came - 1)
    for n in in_tens(people):
        if n + came not in in_tens(after):
            continue
        before = _sums(n)
        sums = np.flatnonzero(np.abs(25 * np.arange(len(before)) / n - means[0]) <= 0.0501)
        for old, answer in product(sums, range(5)):
            totals = 25 * (old + answer + np.arange(len(one_less))) / (n + came)
            rest = one_less[np.abs(totals - means[1]) <= 0.0501].sum()
            weights[answer] += before[old] * USUAL[answer] * rest
    return max(weights.values()) / sum(weights.values())


def _between(seed: int, came: int, groups: int = 100) -> list[float]:
    chance = random.Random(seed)
    likely = []
    for _ in range(groups):
        people = chance.randint(10, 40)
        first = sum(_answer(chance) - 1 for _ in range(people))
        new = tuple(_answer(chance) - 1 for _ in range(came))
        likely.append(between(people, first, new))
    return likely


def test_two_publications_do_not_give_the_answers_that_came_between_them() -> None:
    assert max(_between(5, renewal.LEAST_STEP)) <= LIKELY


def test_a_renewal_at_every_answer_gives_it() -> None:
    assert max(_between(5, 1)) > LIKELY
