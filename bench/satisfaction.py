"""Satisfaction under known truth: coverage of intervals and of rank ranges, and their width.

Answers are those that people give: 1 to 5, skewed, split in two, nearly all alike. Each cell of the
table is one way to answer and one number of answers. Where at most a fifth differ from the
commonest answer the width is held against the exact interval's (Gaffke's; of two answers at the
ends of the scale it is that of Clopper and Pearson), which is never too narrow and knows no more.

The city has thirteen districts, unequal in people, answers and ways to answer, each person of an
age group and a sex that differ in their answers and, a lot, in how often they answer. The floor of
the ranks' width is the rule "two intervals overlap". Every survey is seeded.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import fmean

import numpy as np

from bench.measurement import Measurement
from observations.satisfaction.dimensions import ANSWERS, score
from observations.satisfaction.figures.combined import weighted_mean
from observations.satisfaction.figures.estimates import Estimate, Part, estimate
from observations.satisfaction.figures.intervals import chance_below, interval
from observations.satisfaction.figures.raking import Cell, Margin
from observations.satisfaction.figures.ranking import RankRange, rank_ranges
from observations.satisfaction.figures.weighting import weigh

SAMPLES, FULL_SAMPLES = 1_000, 4_000
SURVEYS, FULL_SURVEYS = 300, 2_000
SIZES = (15, 30, 80, 400)
WAYS = {
    "usual": (0.03, 0.06, 0.18, 0.34, 0.39),
    "rosy": (0.01, 0.02, 0.07, 0.25, 0.65),
    "a quarter differ": (0.02, 0.03, 0.05, 0.15, 0.75),
    "very rosy": (0.01, 0.01, 0.03, 0.10, 0.85),
    "nearly all 5": (0.00, 0.00, 0.01, 0.04, 0.95),
    "all 5 but a few 1": (0.02, 0.00, 0.00, 0.00, 0.98),
    "all 5 but some 1": (0.10, 0.00, 0.00, 0.00, 0.90),
    "5 and 4": (0.00, 0.00, 0.00, 0.25, 0.75),
    "5, 4 and a rare 1": (0.05, 0.00, 0.00, 0.35, 0.60),
    "nearly all 4": (0.00, 0.02, 0.03, 0.92, 0.03),
    "sour": (0.75, 0.15, 0.05, 0.03, 0.02),
    "split": (0.50, 0.00, 0.00, 0.00, 0.50),
    "split unequally": (0.30, 0.00, 0.00, 0.00, 0.70),
    "two humps": (0.40, 0.05, 0.10, 0.05, 0.40),
    "even": (0.20, 0.20, 0.20, 0.20, 0.20),
}
ALIKE = 0.2
"""Where no more than this share differ from the commonest answer, the width is looked at too."""
SCORES = tuple(float(score(answer)) for answer in ANSWERS)
DISTRICTS = tuple(f"d{k:02d}" for k in range(13))
CITY_SIZES = (15, 30, 50, 100, 400)
AGES, SEXES = ("18-34", "35-59", "60+"), ("f", "m")
TILT_BY_AGE, TILT_BY_SEX = (-0.2, 0.0, 0.3), (0.1, -0.1)
"""By how much the odds of each higher answer grow, in natural logarithms."""
ANSWERS_BY_AGE, ANSWERS_BY_SEX = (1.0, 0.6, 0.25), (1.0, 0.7)
FAR = 10.0
SEED = 20261001


@dataclass
class Tally:
    """The results of many surveys of a city."""

    covered: list[bool] = field(default_factory=list)
    city: list[bool] = field(default_factory=list)
    held: list[bool] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    overlap_widths: list[int] = field(default_factory=list)
    far_pairs: int = 0
    far_pairs_that_overlap: int = 0


def measure(full: bool) -> Iterator[Measurement]:
    """Coverage and width of each cell, of raked districts and of the city; truth of the ranks."""
    for way, shares in WAYS.items():
        for n in SIZES:
            yield from _cell(way, shares, n, FULL_SAMPLES if full else SAMPLES)
    surveys = FULL_SURVEYS if full else SURVEYS
    for number, (name, size) in enumerate((("15 to 400 answers", None), ("400 everywhere", 400))):
        tally = Tally()
        for seed in range(surveys):
            _survey(tally, np.random.default_rng(SEED + number * surveys + seed), size)
        yield from _of_city(name, tally)


def _cell(way: str, shares: tuple[float, ...], n: int, samples: int) -> Iterator[Measurement]:
    chance = np.random.default_rng(SEED + n)
    drawn = Counter(map(tuple, chance.multinomial(n, shares, samples).tolist()))
    truth = sum(share * value for share, value in zip(shares, SCORES, strict=True))
    covered, ours, exact = 0, 0.0, 0.0
    is_alike = 1 - max(shares) <= ALIKE + 1e-9
    for counts, times in drawn.items():
        people = {x: float(k) for x, k in zip(SCORES, counts, strict=True)}
        low, high = interval(people)
        covered += times * (low <= truth + 1e-9 and truth <= high + 1e-9)
        ours += times * (high - low)
        exact += times * _exact_width(people) if is_alike else 0.0
    most = None if is_alike else 98
    name = f"satisfaction: intervals that cover the truth, {way}, n={n}"
    share = 100 * covered / samples
    yield Measurement(name, share, None, "%", samples, at_most=most, at_least=93)
    if is_alike:
        name = f"satisfaction: width beside the exact interval, {way}, n={n}"
        yield Measurement(name, ours / samples, exact / samples, "points", samples, at_most=1.3)


def _exact_width(people: Mapping[float, float]) -> float:
    """The width of Gaffke's interval, its limits by halving."""
    upside_down = {100 - x: k for x, k in people.items()}
    return 100 - _gaffke(upside_down) - _gaffke(people)


def _gaffke(people: Mapping[float, float]) -> float:
    counts = {x: k for x, k in people.items() if k > 0}
    counts[0.0] = counts.get(0.0, 0.0) + 1
    low, high = 0.0, 100.0
    for _ in range(20):
        middle = (low + high) / 2
        if chance_below(tuple(sorted(counts.items())), middle) < 0.025:
            low = middle
        else:
            high = middle
    return low


def _of_city(name: str, tally: Tally) -> Iterator[Measurement]:
    about = f"satisfaction: raked districts' intervals that cover the truth, {name}"
    share = 100 * fmean(tally.covered)
    yield Measurement(about, share, None, "%", len(tally.covered), at_most=98, at_least=93)
    about = f"satisfaction: the city's interval covers the truth, {name}"
    share = 100 * fmean(tally.city)
    yield Measurement(about, share, None, "%", len(tally.city), at_least=93)
    about = f"satisfaction: rank ranges that hold the true rank, {name}"
    share = 100 * fmean(tally.held)
    yield Measurement(about, share, None, "%", len(tally.held), at_least=95)
    ours, floor = fmean(tally.widths), fmean(tally.overlap_widths)
    about = f"satisfaction: width of rank ranges, {name}"
    yield Measurement(about, ours, floor, "places", len(tally.widths), at_most=1)
    about = f"satisfaction: districts 10 apart whose ranges overlap, {name}"
    yield Measurement(about, tally.far_pairs_that_overlap, None, "pairs", tally.far_pairs)


def _survey(tally: Tally, chance: np.random.Generator, size: int | None) -> None:
    """Make one city, ask its people, and compare the published figures with the truth."""
    sizes = {d: size or int(chance.choice(CITY_SIZES)) for d in DISTRICTS}
    truths, estimates = _asked(chance, sizes)
    for district, one in estimates.items():
        tally.covered.append(one.low <= truths[district] <= one.high)
    people = dict(zip(DISTRICTS, chance.dirichlet([2.0] * len(DISTRICTS)), strict=True))
    city = weighted_mean([(people[d], estimates[d]) for d in DISTRICTS])
    truth = sum(people[d] * truths[d] for d in DISTRICTS)
    tally.city.append(city.low <= truth <= city.high)
    ranges, floors = rank_ranges(estimates), _by_overlap(estimates)
    order = sorted(ranges, key=lambda district: -truths[district])
    for place, district in enumerate(order, 1):
        tally.held.append(ranges[district].best <= place <= ranges[district].worst)
        tally.widths.append(_width(ranges[district]))
        tally.overlap_widths.append(_width(floors[district]))
    for above in order:
        for below in order:
            if truths[above] >= truths[below] + FAR:
                tally.far_pairs += 1
                tally.far_pairs_that_overlap += ranges[above].worst >= ranges[below].best


def _asked(
    chance: np.random.Generator, sizes: Mapping[str, int]
) -> tuple[dict[str, float], dict[str, Estimate]]:
    """Each district's true mean, and its estimate as the board makes it."""
    truths: dict[str, float] = {}
    margins: list[Margin] = []
    parts: dict[Cell, dict[float, int]] = {}
    for district, size in sizes.items():
        ages, sexes = chance.dirichlet((30, 45, 25)), chance.dirichlet((50, 50))
        margins += [
            Margin(1, dict(zip(AGES, ages, strict=True)), (0, district)),
            Margin(2, dict(zip(SEXES, sexes, strict=True)), (0, district)),
        ]
        way = np.array(list(WAYS.values())[chance.integers(len(WAYS))])
        shares = np.outer(ages, sexes)
        ways = _ways(way)
        truths[district] = float((shares[..., None] * ways * np.array(SCORES)).sum())
        odds = shares * np.outer(ANSWERS_BY_AGE, ANSWERS_BY_SEX)
        counts = chance.multinomial(size, (odds / odds.sum()).ravel()).reshape(shares.shape)
        for (a, s), count in np.ndenumerate(counts):
            if count:
                answers = chance.multinomial(count, ways[a, s]).tolist()
                own = {x: k for x, k in zip(SCORES, answers, strict=True) if k}
                parts[district, AGES[a], SEXES[s]] = own
    people = {cell: sum(own.values()) for cell, own in parts.items()}
    weights = weigh(people, dict.fromkeys(people, 1.0), margins).of
    estimates = {}
    for district in sizes:
        shown = estimate([Part(c, weights[c], parts[c]) for c in weights if c[0] == district])
        assert shown is not None
        estimates[district] = shown
    return truths, estimates


def _ways(way: np.ndarray) -> np.ndarray:
    """The shares of the answers by age group and sex."""
    tilts = np.add.outer(np.array(TILT_BY_AGE), np.array(TILT_BY_SEX))
    tilted = way * np.exp(tilts[..., None] * np.array(ANSWERS))
    return np.asarray(tilted / tilted.sum(axis=-1, keepdims=True))


def _by_overlap(estimates: Mapping[str, Estimate]) -> dict[str, RankRange]:
    """The floor: a district is above another only where their intervals do not touch."""
    ranked = {name: one for name, one in estimates.items() if name in rank_ranges(estimates)}
    return {
        name: RankRange(
            1 + sum(other.low > own.high for other in ranked.values()),
            len(ranked) - sum(own.low > other.high for other in ranked.values()),
        )
        for name, own in ranked.items()
    }


def _width(found: RankRange) -> int:
    return found.worst - found.best + 1
