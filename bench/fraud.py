"""How far two hundred invented answers move the figure of four hundred honest ones.

Honest people answer ten questions with a mean of 75 on the ranked one; forty of them share a
network. The others answer 100 from 200 devices on one to five networks, in one of three patterns.
The floor is the plain mean of all answers. The published figure is computed over the honest ones
alone, and over all that are not excluded.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import fmean

import numpy as np

from bench.measurement import Measurement
from observations.satisfaction.dimensions import score
from observations.satisfaction.figures.manipulation import Trace, set_apart

RUNS, FULL_RUNS = 40, 400
HONEST, SHARING, DEVICES, QUESTIONS = 400, 40, 200, 10
NETWORKS = (1, 2, 3, 5)
PATTERNS = ("identical", "jittered", "spread")
FIRST = date(2026, 10, 1)
DAYS, SPREAD_DAYS = 90, 14
SEED = 20261001
ANSWERS = np.array([1, 2, 3, 4, 5])
SHARES = np.array(
    [0.03, 0.06, 0.18, 0.34, 0.39]
)  # a mean of exactly 75, a standard deviation of 26
DISTRICT = "330106"


def measure(full: bool) -> Iterator[Measurement]:
    """The largest move of the published figure by pattern, and honest answers that are excluded."""
    runs = FULL_RUNS if full else RUNS
    alarms: list[bool] = []
    for pattern in PATTERNS:
        moved, plain = [], []
        for seed in range(runs):
            chance = np.random.default_rng(SEED + seed)
            networks = NETWORKS[seed % len(NETWORKS)]
            honest = honest_people(chance)
            fakes = made_up(chance, pattern, networks, len(honest))
            apart = set_apart([*honest, *fakes])
            counted = [trace.score for trace in (*honest, *fakes) if trace.key not in apart]
            truth = fmean(trace.score for trace in honest)
            moved.append(abs(fmean(counted) - truth))
            plain.append(abs(fmean(t.score for t in (*honest, *fakes)) - truth))
            alarms += [trace.key in apart for trace in honest]
        about = f"fraud: furthest move of the figure, {pattern}"
        yield Measurement(about, max(moved), None, "points", runs, at_most=1.5)
        yield Measurement(
            f"fraud: the plain mean moves, {pattern}", max(plain), None, "points", runs
        )
    quiet = [set_apart(honest_people(np.random.default_rng(SEED + 9_999 + k))) for k in range(runs)]
    alarms += [k in apart for apart in quiet for k in range(HONEST)]
    share = 100 * fmean(alarms)
    yield Measurement("fraud: honest answers set apart", share, None, "%", len(alarms), at_most=1)


def honest_people(chance: np.random.Generator) -> list[Trace]:
    """Four hundred people; forty on one network, the others at home, two or so together."""
    mood = chance.choice(ANSWERS, HONEST, p=SHARES)
    homes = chance.integers(0, HONEST // 2, HONEST)
    return [
        Trace(
            key,
            DISTRICT,
            "office" if key < SHARING else f"home {homes[key]}",
            FIRST + timedelta(days=int(chance.integers(0, DAYS))),
            (*_sheet(chance, int(mood[key])), int(mood[key])),
            float(score(int(mood[key]))),
        )
        for key in range(HONEST)
    ]


def made_up(
    chance: np.random.Generator, pattern: str, networks: int, first_key: int
) -> list[Trace]:
    """Two hundred devices that answer 100: all equal, each a little different, or over 14 days."""
    day = int(chance.integers(0, DAYS - SPREAD_DAYS))
    return [
        Trace(
            first_key + k,
            DISTRICT,
            f"farm {k % networks}",
            FIRST
            + timedelta(days=day + (int(chance.integers(0, SPREAD_DAYS)) * (pattern == "spread"))),
            _faked(chance, pattern),
            100.0,
        )
        for k in range(DEVICES)
    ]


def _sheet(chance: np.random.Generator, mood: int) -> tuple[int, ...]:
    """The other questions, with answers near the person's mood."""
    moved = np.clip(mood + chance.integers(-1, 2, QUESTIONS - 1), 1, 5)
    return tuple(int(answer) for answer in moved)


def _faked(chance: np.random.Generator, pattern: str) -> tuple[int, ...]:
    if pattern == "identical":
        return (5,) * QUESTIONS
    others = chance.choice([3, 4, 5], QUESTIONS - 1, p=[0.1, 0.3, 0.6])
    return (*(int(answer) for answer in others), 5)
