"""From weighted answers to a mean with its interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from observations.satisfaction.dimensions import ANSWERS, score
from observations.satisfaction.figures.intervals import interval
from observations.satisfaction.figures.raking import Cell
from observations.satisfaction.figures.weighting import effective_size

CONFIDENCE = 0.95
SHOWN_FROM = 10
"""Fewer answers than this are withheld: single people could be read from them.

The Office for National Statistics checks counts below ten in the same way.
"""
Counts = Sequence[int]
"""How many people gave 1, 2, 3, 4 and 5."""


@dataclass(frozen=True)
class Estimate:
    """A mean of scores (0 to 100) of `n` people, and the 95 % interval it is known to."""

    n: int
    mean: float
    low: float
    high: float

    def moved(self, points: float) -> "Estimate":
        """The same around a mean so many points higher, within the scale."""
        low, high = max(0.0, self.low + points), min(100.0, self.high + points)
        return Estimate(self.n, self.mean + points, low, high)


@dataclass(frozen=True)
class Part:
    """People of one cell who weigh alike: how many gave each score."""

    cell: Cell
    weight: float
    scores: Mapping[float, int]

    @property
    def people(self) -> int:
        """How many they are."""
        return sum(self.scores.values())

    @classmethod
    def of_counts(cls, counts: Counts, weight: float = 1.0, cell: Cell = ()) -> "Part":
        """The part of the people who gave the answers 1 to 5 this many times each."""
        pairs = zip(ANSWERS, counts, strict=True)
        return cls(cell, weight, {float(score(answer)): k for answer, k in pairs if k})


def estimate(parts: Sequence[Part]) -> Estimate | None:
    """The weighted mean and its 95 % interval, or None where withheld.

    The interval is that of `intervals.interval`, for the weighted shares of each score among as
    many people as Kish's effective size. What raking fixes would make it a little narrower; that is
    left out. `python -m bench satisfaction` holds it against known truth.
    """
    n = sum(part.people for part in parts)
    if n < SHOWN_FROM:
        return None
    weights: dict[float, list[float]] = {}
    for part in parts:
        for value, people in part.scores.items():
            weights.setdefault(value, []).append(part.weight * people)
    sums = {value: fsum(own) for value, own in weights.items()}
    whole = fsum(sums.values())
    mean = fsum(value * weight for value, weight in sums.items()) / whole
    size = effective_size((part.weight, part.people) for part in parts)
    low, high = interval({value: size * weight / whole for value, weight in sums.items()})
    return Estimate(n, mean, low, high)
