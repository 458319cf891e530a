"""How far invented answers move a district, with and without proofs of residence that leaked.

Honest people (30 to 400, half of them with a proof) answer ten questions with a mean of 75 on the
ranked one; one in ten gives the same answer throughout. Against them come 1 to 200 devices on 1 to
200 networks, over 1 to 14 days, in one of five patterns, some of them with codes that leaked. The
floor of what k leaked proofs move is 100 k / (n + k), which no figure of n proofs can stay under
for certain.

Honest groups (a company, a school, a village: 15 to 60 people of a mean of 41 to 90, who answer
from one network) keep their say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from statistics import fmean

import numpy as np

from bench.measurement import Measurement
from observations.satisfaction.dimensions import RANKED
from observations.satisfaction.figures.board import sampled
from observations.satisfaction.figures.estimates import estimate
from observations.satisfaction.figures.manipulation import patterns
from observations.satisfaction.figures.profiles import Profile, traces
from observations.satisfaction.margins import census
from observations.satisfaction.tiers import PROVEN, Tier

RUNS, FULL_RUNS = 300, 3_000
HONEST = (30, 60, 150, 400)
DEVICES, NETWORKS, DAYS_OF_ATTACK = (1, 20, 100, 200), (1, 20, 200), (1, 7, 14)
PATTERNS = ("identical", "jittered", "mixed", "all 5", "all 1")
LEAKED = (0, 1, 5, 20)
QUESTIONS, STRAIGHT = 10, 0.1
FIRST, DAYS = date(2026, 10, 1), 90
SEED = 20261001
ANSWERS = np.array([1, 2, 3, 4, 5])
SHARES = np.array([0.03, 0.06, 0.18, 0.34, 0.39])  # a mean of exactly 75
DISTRICT = "330106"
GROUPS = {"company": 1, "school": 1, "village": 10}
"""On how many days people of a group answer."""
MEANS, SIZES = (41, 55, 75, 90), (15, 30, 60)
MOST_MOVED = 1.5


def measure(full: bool) -> Iterator[Measurement]:
    """The furthest move of both figures by attack, and honest groups that lose any of their say."""
    ranked: dict[int, list[tuple[float, float]]] = {k: [] for k in LEAKED}
    beside: dict[tuple[str, int], list[float]] = {}
    grid = product(HONEST, DEVICES, NETWORKS, DAYS_OF_ATTACK, PATTERNS, LEAKED)
    for seed, (honest, devices, networks, days, pattern, leaked) in enumerate(grid):
        if leaked > devices:
            continue
        chance = np.random.default_rng(SEED + seed)
        people = honest_people(chance, honest)
        fakes = invented(chance, pattern, devices, networks, days, leaked)
        before, after = figures(people), figures([*people, *fakes])
        bound = 100 * leaked / (sum(p.tier in PROVEN for p in people) + leaked)
        ranked[leaked].append((abs(after[0] - before[0]), bound))
        if not leaked:
            beside.setdefault((pattern, devices), []).append(abs(after[1] - before[1]))
    yield from _of_ranked(ranked)
    for (pattern, devices), moves in beside.items():
        name = f"fraud: the figure beside the ranked one moves, {pattern}, {devices} devices"
        yield Measurement(name, max(moves), None, "points", len(moves))
    yield from _of_groups(FULL_RUNS if full else RUNS)


def _of_ranked(ranked: dict[int, list[tuple[float, float]]]) -> Iterator[Measurement]:
    for leaked, moves in ranked.items():
        if not leaked:
            name = "fraud: the ranked figure moves without a proof"
            yield Measurement(name, max(m for m, _ in moves), None, "points", len(moves), 0)
            continue
        move, bound = max(moves, key=lambda pair: pair[0] / pair[1])
        name = f"fraud: the ranked figure moves with {leaked} leaked proofs, beside 100 k / (n + k)"
        yield Measurement(name, move, bound, "points", len(moves), at_most=1)
        small = [m for m, b in moves if b < MOST_MOVED]
        if small:
            name = f"fraud: the same, {leaked} leaked, where the bound is under 1.5"
            yield Measurement(name, max(small), None, "points", len(small), at_most=MOST_MOVED)


def _of_groups(runs: int) -> Iterator[Measurement]:
    for kind, days in GROUPS.items():
        full_say = []
        for seed in range(runs):
            chance = np.random.default_rng(SEED + 100_000 + seed)
            mean, size = int(chance.choice(MEANS)), int(chance.choice(SIZES))
            people = honest_people(chance, int(chance.choice(HONEST)))
            group = honest_people(chance, size, of_mean(mean))
            start = int(chance.integers(0, DAYS - days))
            own = [
                replace(
                    one,
                    tier=Tier.SELF_DECLARED,
                    network=kind,
                    day=FIRST + timedelta(days=start + int(chance.integers(0, days))),
                )
                for one in group
            ]
            lighter = {key for one in patterns(traces([*people, *own])) for key in one.keys}
            full_say.append(not any(key >= len(people) for key in lighter))
        name = f"fraud: honest groups that keep all of their say, {kind}"
        yield Measurement(name, 100 * fmean(full_say), None, "%", runs, at_least=99)


def figures(people: Sequence[Profile]) -> tuple[float, float]:
    """The ranked figure, and that of all answers beside it, as they are published."""
    found = {key: one.weight for one in patterns(traces(people)) for key in one.keys}
    weighed = [replace(p, weight=found.get(key, 1.0)) for key, p in enumerate(people)]
    means = []
    for basis in ([p for p in weighed if p.tier in PROVEN], weighed):
        shown = estimate(sampled(basis, census()).parts(RANKED, DISTRICT))
        assert shown is not None
        means.append(shown.mean)
    return means[0], means[1]


def honest_people(
    chance: np.random.Generator, people: int, shares: np.ndarray = SHARES
) -> list[Profile]:
    """People of all days, at home by twos; every other one has proved where they live."""
    moods = chance.choice(ANSWERS, people, p=shares)
    return [
        Profile(
            DISTRICT,
            Tier.ON_SITE if key % 2 else Tier.SELF_DECLARED,
            None,
            None,
            f"home {key // 2}",
            FIRST + timedelta(days=int(chance.integers(0, DAYS))),
            (*_sheet(chance, int(mood)), int(mood)),
        )
        for key, mood in enumerate(moods)
    ]


def of_mean(mean: int) -> np.ndarray:
    """The shares of 1 to 5 of people whose mean score this is: the usual ones, tilted."""
    low, high = -5.0, 5.0
    for _ in range(50):
        tilt = (low + high) / 2
        shares = SHARES * np.exp(tilt * ANSWERS)
        shares /= shares.sum()
        if float(shares @ (ANSWERS - 1) * 25) < mean:
            low = tilt
        else:
            high = tilt
    return shares


def invented(
    chance: np.random.Generator, pattern: str, devices: int, networks: int, days: int, leaked: int
) -> list[Profile]:
    """Devices that push the district up (down for "all 1"), the first of them with a proof."""
    start = int(chance.integers(0, DAYS - days))
    sheet = (5, 4, 5, 5, 4, 5, 5, 3, 5, 5)
    return [
        Profile(
            DISTRICT,
            Tier.ON_SITE if k < leaked else Tier.SELF_DECLARED,
            None,
            None,
            f"farm {k % networks}",
            FIRST + timedelta(days=start + int(chance.integers(0, days))),
            _faked(chance, pattern, k, sheet),
        )
        for k in range(devices)
    ]


def _sheet(chance: np.random.Generator, mood: int) -> tuple[int, ...]:
    """The other questions, with answers near the person's mood; one in ten ticks it throughout."""
    if chance.random() < STRAIGHT:
        return (mood,) * (QUESTIONS - 1)
    moved = np.clip(mood + chance.integers(-1, 2, QUESTIONS - 1), 1, 5)
    return tuple(int(answer) for answer in moved)


def _faked(
    chance: np.random.Generator, pattern: str, number: int, sheet: tuple[int, ...]
) -> tuple[int, ...]:
    if pattern in ("all 5", "all 1"):
        return (int(pattern[-1]),) * QUESTIONS
    if pattern == "identical" or (pattern == "mixed" and number % 2):
        return sheet
    others = chance.choice([3, 4, 5], QUESTIONS - 1, p=[0.1, 0.3, 0.6])
    return (*(int(answer) for answer in others), 5)
