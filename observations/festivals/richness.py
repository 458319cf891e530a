"""How complete a festival's list is: accumulation curve, Chao1 and sample coverage, with intervals.

By individuals, as iNEXT does for abundances: an encounter is an individual, a species of the leaf
rule a species. Chao (1984, 1987) for what was not met and its interval, Chao and Jost (2012) for
coverage, Hurlbert (1971) for the curve; the intervals of curve and coverage by the bootstrap of
Chao et al. (2014), with a fixed seed. https://doi.org/10.1890/13-0133.1
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, sqrt

import numpy as np
from numpy.typing import NDArray

from observations.festivals.result import Result

Z = 1.959964
DRAWS, SEED, STEPS = 200, 20_260_516, 12
HELD = 8  # lists of a few hundred species take half a second, and a page asks at each look


@dataclass(frozen=True)
class Estimate:
    """A number with the bounds of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Richness:
    """What was met, how many species there are, which share of encounters they make, the curve.

    `curve` has pairs of a number of encounters and the species expected among as many.
    """

    encounters: int
    met: int
    chao1: Estimate
    coverage: Estimate
    curve: tuple[tuple[int, Estimate], ...]


def richness_of(whole: Result) -> Richness | None:
    """Of the confirmed encounters of a festival; None where there are fewer than two."""
    counts = Counter(entry.leaf for e in whole.count.encounters if (entry := e.confirmed))
    return _held(tuple(counts.values()))


@lru_cache(HELD)
def _held(counts: tuple[int, ...]) -> Richness | None:
    return richness(counts)


def richness(counts: Sequence[int]) -> Richness | None:
    """From the number of individuals of each species; None where there are fewer than two."""
    n = sum(counts)
    if n < 2:
        return None
    drawn = _drawn(counts)
    sizes = sorted({max(1, round(n * step / STEPS)) for step in range(1, STEPS + 1)})
    return Richness(
        encounters=n,
        met=len(counts),
        chao1=chao1(counts),
        coverage=_around(coverage(counts), [coverage(one) for one in drawn], 1),
        curve=tuple(
            (m, _around(rarefied(counts, m), [rarefied(one, m) for one in drawn])) for m in sizes
        ),
    )


def chao1(counts: Sequence[int]) -> Estimate:
    """How many species there are at least, with Chao's (1987) interval of log normal form."""
    n, met, once, twice = sum(counts), len(counts), _of(counts, 1), _of(counts, 2)
    k = (n - 1) / n
    if twice:
        ratio = once / twice
        missing = k * once * ratio / 2
        variance = twice * (k * ratio**2 / 2 + k**2 * ratio**3 + k**2 * ratio**4 / 4)
    else:
        missing = k * once * (once - 1) / 2
        value = met + missing
        variance = missing + k**2 * once * (2 * once - 1) ** 2 / 4 - k**2 * once**4 / (4 * value)
    if missing == 0:
        return Estimate(met, met, met)
    factor = exp(Z * sqrt(log(1 + max(variance, 0) / missing**2)))
    return Estimate(met + missing, met + missing / factor, met + missing * factor)


def coverage(counts: Sequence[int]) -> float:
    """The share of all individuals out there that belong to a species that was met."""
    n, once, twice = sum(counts), _of(counts, 1), _of(counts, 2)
    if once == 0:
        return 1.0
    if twice == 0:
        twice_or = (n - 1) * (once - 1) / ((n - 1) * (once - 1) + 2)
        return 1 - once / n * twice_or
    return 1 - once / n * (n - 1) * once / ((n - 1) * once + 2 * twice)


def rarefied(counts: Sequence[int], m: int) -> float:
    """The species expected among `m` of the individuals."""
    n = sum(counts)
    m = min(m, n)

    def absent(x: int) -> float:
        if n - x < m:
            return 0.0
        return exp(lgamma(n - x + 1) + lgamma(n - m + 1) - lgamma(n - x - m + 1) - lgamma(n + 1))

    return sum(1 - absent(x) for x in counts)


def _of(counts: Sequence[int], number: int) -> int:
    return sum(count == number for count in counts)


def _drawn(counts: Sequence[int]) -> list[list[int]]:
    """Samples of the same size from the assemblage that the counts suggest."""
    n = sum(counts)
    shares = np.array(counts) / n
    missing = round(chao1(counts).value - len(counts))
    covered = coverage(counts)
    unseen = (shares * (1 - shares) ** n).sum()
    shrunk: NDArray[np.float64] = shares
    if missing and unseen > 0:
        shrunk = shares * (1 - (1 - covered) / unseen * (1 - shares) ** n)
        shrunk = np.append(shrunk, np.full(missing, (1 - covered) / missing))
    samples = np.random.default_rng(SEED).multinomial(n, shrunk / shrunk.sum(), size=DRAWS)
    return [[int(x) for x in sample if x] for sample in samples]


def _around(value: float, draws: Sequence[float], most: float = float("inf")) -> Estimate:
    width = Z * float(np.std(draws, ddof=1))
    return Estimate(value, max(0.0, value - width), min(most, value + width))
