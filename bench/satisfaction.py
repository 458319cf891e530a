"""Satisfaction under known truth: coverage of intervals and of rank ranges, and their width.

Thirteen districts of synthetic people: each person belongs to an age group and a sex, which differ
in their satisfaction and, a lot, in how often they answer. Scores of 0 to 100 follow a beta
distribution whose standard deviation over a district is 15. Every survey is seeded. The floor of
the ranges' width is the rule "two intervals overlap".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import fmean

import numpy as np

from bench.measurement import Measurement
from observations.satisfaction.figures.estimates import Estimate, Part, estimate
from observations.satisfaction.figures.raking import Cell, Margin
from observations.satisfaction.figures.ranking import RankRange, rank_ranges
from observations.satisfaction.figures.weighting import weigh

SURVEYS, FULL_SURVEYS = 2_000, 10_000
SIZES = (30, 50, 100, 200, 400)
DISTRICTS = tuple(f"d{k:02d}" for k in range(13))
AGES, SEXES = ("18-34", "35-59", "60+"), ("f", "m")
CONTENT_BY_AGE, CONTENT_BY_SEX = (-5.0, 0.0, 6.0), (1.5, -1.5)
ANSWERS_BY_AGE, ANSWERS_BY_SEX = (1.0, 0.6, 0.25), (1.0, 0.7)
SD = 15.0
FAR = 10.0
SEED = 20261001


@dataclass
class Tally:
    """The results of 2,000 surveys."""

    covered: dict[int, list[bool]] = field(default_factory=lambda: {n: [] for n in SIZES})
    held: list[bool] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    overlap_widths: list[int] = field(default_factory=list)
    far_pairs: int = 0
    far_pairs_that_overlap: int = 0


def measure(full: bool) -> Iterator[Measurement]:
    """Coverage at each size, the ranges' truth and width, districts 10 points apart."""
    surveys = FULL_SURVEYS if full else SURVEYS
    mixed, even = Tally(), Tally()
    for seed in range(surveys):
        survey(mixed, np.random.default_rng(SEED + seed), None)
        survey(even, np.random.default_rng(SEED + surveys + seed), SIZES[-1])
    for n in SIZES:
        covered = mixed.covered[n] + even.covered[n]
        share = 100 * fmean(covered)
        name = f"satisfaction: intervals that cover the truth, n={n}"
        yield Measurement(name, share, None, "%", len(covered), at_most=97, at_least=93)
    for name, tally in (("30 to 400 answers", mixed), ("400 answers everywhere", even)):
        share_true = 100 * fmean(tally.held)
        about = f"satisfaction: rank ranges that hold the true rank, {name}"
        yield Measurement(about, share_true, None, "%", len(tally.held), at_least=95)
        ours, floor = fmean(tally.widths), fmean(tally.overlap_widths)
        about = f"satisfaction: width of rank ranges, {name}"
        yield Measurement(about, ours, floor, "places", len(tally.widths), at_most=1)
    about = "satisfaction: districts 10 apart whose ranges overlap, n=400"
    yield Measurement(about, even.far_pairs_that_overlap, None, "pairs", even.far_pairs, at_most=0)


def survey(tally: Tally, chance: np.random.Generator, size: int | None) -> None:
    """Make one city, ask its people, and compare the published figures with the truth."""
    truths = dict(zip(DISTRICTS, chance.uniform(55, 88, len(DISTRICTS)), strict=True))
    sizes = {d: size or int(chance.choice(SIZES)) for d in DISTRICTS}
    by_district = estimated(chance, truths, sizes)
    for district, one in by_district.items():
        tally.covered[sizes[district]].append(one.low <= truths[district] <= one.high)
    ranges, floors = rank_ranges(by_district), by_overlap(by_district)
    order = sorted(truths, key=lambda district: -truths[district])
    for place, district in enumerate(order, 1):
        tally.held.append(ranges[district].best <= place <= ranges[district].worst)
        tally.widths.append(_width(ranges[district]))
        tally.overlap_widths.append(_width(floors[district]))
    for above in DISTRICTS:
        for below in DISTRICTS:
            if truths[above] >= truths[below] + FAR:
                tally.far_pairs += 1
                tally.far_pairs_that_overlap += ranges[above].worst >= ranges[below].best


def estimated(
    chance: np.random.Generator, truths: Mapping[str, float], sizes: Mapping[str, int]
) -> dict[str, Estimate]:
    """Ask so many people of each district, and estimate its mean as the board does."""
    margins: list[Margin] = []
    parts: dict[Cell, tuple[int, float, float]] = {}
    for district, truth in truths.items():
        ages, sexes = chance.dirichlet((30, 45, 25)), chance.dirichlet((50, 50))
        margins += [
            Margin(1, dict(zip(AGES, ages, strict=True)), (0, district)),
            Margin(2, dict(zip(SEXES, sexes, strict=True)), (0, district)),
        ]
        parts |= _asked(chance, district, truth, sizes[district], ages, sexes)
    people = {cell: n for cell, (n, _, _) in parts.items()}
    weights = weigh(people, dict.fromkeys(people, 1.0), margins).of
    estimates = {}
    for district in truths:
        own = [Part(cell, weights[cell], *parts[cell]) for cell in weights if cell[0] == district]
        shown = estimate(own, raked=(1, 2))
        assert shown is not None
        estimates[district] = shown
    return estimates


def by_overlap(estimates: Mapping[str, Estimate]) -> dict[str, RankRange]:
    """The floor: a district is above another only where their intervals do not touch."""
    return {
        name: RankRange(
            1 + sum(other.low > own.high for other in estimates.values()),
            len(estimates) - sum(own.low > other.high for other in estimates.values()),
        )
        for name, own in estimates.items()
    }


def _asked(
    chance: np.random.Generator,
    district: str,
    truth: float,
    size: int,
    ages: np.ndarray,
    sexes: np.ndarray,
) -> dict[Cell, tuple[int, float, float]]:
    shares = np.outer(ages, sexes)
    effects = np.add.outer(np.array(CONTENT_BY_AGE), np.array(CONTENT_BY_SEX))
    effects -= (effects * shares).sum()
    between = (shares * effects**2).sum()
    odds = shares * np.outer(ANSWERS_BY_AGE, ANSWERS_BY_SEX)
    counts = chance.multinomial(size, (odds / odds.sum()).ravel()).reshape(shares.shape)
    cells: dict[Cell, tuple[int, float, float]] = {}
    for (a, s), count in np.ndenumerate(counts):
        if count:
            scores = _scores(chance, truth + effects[a, s], SD**2 - between, int(count))
            cell = (district, AGES[a], SEXES[s])
            cells[cell] = (int(count), float(scores.sum()), float((scores**2).sum()))
    return cells


def _scores(chance: np.random.Generator, mean: float, variance: float, count: int) -> np.ndarray:
    """Scores of 0 to 100 with exactly this mean and variance: 100 times a beta variable."""
    middle = mean / 100
    size = middle * (1 - middle) / (variance / 1e4) - 1
    return 100 * chance.beta(middle * size, (1 - middle) * size, count)


def _width(found: RankRange) -> int:
    return found.worst - found.best + 1
