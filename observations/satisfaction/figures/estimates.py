"""From weighted answers to a mean with its interval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from observations.satisfaction.dimensions import ANSWERS, score
from observations.satisfaction.figures.raking import Cell
from observations.satisfaction.figures.students_t import SMALLEST_DEGREES, t_quantile
from observations.satisfaction.figures.weighting import effective_size

CONFIDENCE = 0.95
SHOWN_FROM = 10
"""Fewer answers than this are withheld: single people could be read from them.

The Office for National Statistics checks counts below ten in the same way.
"""
FITTING_ROUNDS = 30

Counts = Sequence[int]
"""How many people gave 1, 2, 3, 4 and 5."""
Effects = dict[tuple[int, str | None], float]
"""What a category of a variable adds to the mean, in points."""


@dataclass(frozen=True)
class Estimate:
    """A mean of scores (0 to 100) of `n` people, and the interval it is known to.

    `se` is the standard error in points, `effective` Kish's effective sample size.
    """

    n: int
    mean: float
    sd: float
    low: float
    high: float
    se: float
    effective: float


@dataclass(frozen=True)
class Part:
    """People of one cell: `weight` each, how many, the sum of their scores and of the squares."""

    cell: Cell
    weight: float
    people: int
    total: float
    squares: float

    @classmethod
    def of_counts(cls, counts: Counts, weight: float = 1.0, cell: Cell = ()) -> "Part":
        """The part of the people who gave the scores 1 to 5 this many times each."""
        pairs = [(score(answer), k) for answer, k in zip(ANSWERS, counts, strict=True)]
        total, squares = sum(s * k for s, k in pairs), sum(s * s * k for s, k in pairs)
        return cls(cell, weight, sum(counts), total, squares)


def estimate(parts: Sequence[Part], raked: Sequence[int] = ()) -> Estimate | None:
    """The weighted mean, standard deviation and 95 % interval, or None where withheld.

    The interval is `mean ± t * sd / sqrt(effective size)` with Student's t at 0.975. What raking
    has fixed (the variables at the positions `raked` of the cells) varies no more, so the
    standard deviation is that of what the main effects of those variables leave unexplained
    (Deville and Särndal, Journal of the American Statistical Association 87: 376-382, 1992), and
    unequal weights count by Kish's effective size. Without raking and with equal weights this is
    `mean ± t(0.975, n - 1) * sd / sqrt(n)`, NIST/SEMATECH e-Handbook of Statistical Methods,
    1.3.5.2. It is cut at 0 and 100, the ends of the scale. `python -m bench satisfaction` holds
    it against known truth.
    """
    parts = [part for part in parts if part.people]
    n = sum(part.people for part in parts)
    if n < SHOWN_FROM:
        return None
    whole = fsum(part.weight * part.people for part in parts)
    mean = fsum(part.weight * part.total for part in parts) / whole
    spread = fsum(part.weight * _square(part, mean) for part in parts) / whole
    fitted, parameters = _fitted(parts, raked, mean)
    size = effective_size((part.weight, part.people) for part in parts)
    free = max(n - parameters, 1)
    left = fsum(_square(part, fitted[part.cell]) for part in parts) / free
    se, margin = _margin(left / size, n, max(free * size / n, SMALLEST_DEGREES))
    sd = sqrt(max(spread, 0.0) * n / (n - 1))
    return Estimate(n, mean, sd, max(0.0, mean - margin), min(100.0, mean + margin), se, size)


def unseen_margin(n: int) -> float:
    """How far the mean may be off, in points, when all `n` answers are the same.

    Without any spread in the sample the t interval would have no width at all. Of people who
    answer differently there may still be a share of `1 - 0.05 ** (1 / n)` (the exact form of
    the "rule of three": Hanley and Lippman-Hand, JAMA 249: 1743, 1983), and each of them
    differs by at most 100 points.
    """
    return 100 * float(1 - (1 - CONFIDENCE) ** (1 / n))


def _margin(variance: float, n: int, degrees: float) -> tuple[float, float]:
    """The standard error and half the interval's width."""
    quantile = t_quantile((1 + CONFIDENCE) / 2, degrees)
    if variance > 1e-9:
        return sqrt(variance), quantile * sqrt(variance)
    return unseen_margin(n) / quantile, unseen_margin(n)


def _square(part: Part, value: float) -> float:
    """The sum of squared distances of a part's scores from `value`."""
    return max(part.squares - 2 * value * part.total + part.people * value * value, 0.0)


def _fitted(
    parts: Sequence[Part], raked: Sequence[int], mean: float
) -> tuple[Mapping[Cell, float], int]:
    """The weighted main-effects fit of each cell, and how many parameters it took."""
    varying = [v for v in raked if len({part.cell[v] for part in parts}) > 1]
    effects: Effects = {}
    for variable in varying:
        effects.update({(variable, part.cell[variable]): 0.0 for part in parts})

    def fit(cell: Cell) -> float:
        return mean + fsum(effects[variable, cell[variable]] for variable in varying)

    for _ in range(FITTING_ROUNDS if len(varying) > 1 else len(varying)):
        for variable in varying:
            _refit(parts, variable, effects, fit)
    parameters = 1 + len(effects) - len(varying)
    return {part.cell: fit(part.cell) for part in parts}, parameters


def _refit(
    parts: Sequence[Part], variable: int, effects: Effects, fit: Callable[[Cell], float]
) -> None:
    """Set the effect of each category of one variable to the mean that the other effects leave."""
    above: dict[str | None, float] = {}
    under: dict[str | None, float] = {}
    for part in parts:
        category = part.cell[variable]
        left = part.total - part.people * fit(part.cell)
        above[category] = above.get(category, 0.0) + part.weight * left
        under[category] = under.get(category, 0.0) + part.weight * part.people
    for category, weight in under.items():
        effects[variable, category] += above[category] / weight
