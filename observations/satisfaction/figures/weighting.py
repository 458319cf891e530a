"""Weights of the people of a wave, by tier of residence, raked and trimmed.

Their effect is published.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from observations.satisfaction.figures.raking import Cell, Margin, rake, raked

DISTRICT = 0
"""The position of the district among a cell's categories."""
MOST_TIMES_THE_MEAN = 5.0
"""Nobody weighs more than five average people of their district: a few people of a rare kind must
not speak for it. Districts themselves are not trimmed: each counts by its people."""
MERGED_BELOW = 5
"""A category with fewer people than this is raked together with its neighbour."""
TRIMMING_ROUNDS, LAST_ROUNDS = 20, 100


@dataclass(frozen=True)
class Weights:
    """A weight a cell (the mean over people is 1) and what is published of them.

    `effective` is Kish's effective sample size, (sum of w)² / sum of w²; `trimmed` how many
    people's weights stood above `cap` times their district's mean and were cut.
    """

    of: Mapping[Cell, float]
    people: int
    effective: float
    smallest: float
    largest: float
    trimmed: int
    cap: float = MOST_TIMES_THE_MEAN


def weigh(
    people: Mapping[Cell, int], before: Mapping[Cell, float], margins: Sequence[Margin]
) -> Weights:
    """Rake `people` (how many of each cell, each weighing `before`) to `margins`, and trim.

    What is cut goes to the others of the district, by raking again. Where the margins can't hold
    within the bounds, the bounds win; a district's own share is never cut.
    """
    people = {cell: n for cell, n in people.items() if n > 0}
    if not people:
        return Weights({}, 0, 0.0, 0.0, 0.0, 0)
    margins = [merged(margin, people) for margin in margins]
    sums, holds = raked({cell: n * before[cell] for cell, n in people.items()}, margins)
    shares = [margin for margin in margins if margin.variable == DISTRICT and not margin.within]
    weights = _of_mean_one(rake(sums, shares), people)
    trimmed: set[Cell] = set()
    for _ in range(TRIMMING_ROUNDS):
        bounds = _bounds(weights, people)
        over = {c for c, w in weights.items() if w > bounds[c] * 1.001}
        if not over:
            break
        trimmed |= over
        if not holds:
            break  # the margins contradict each other: raking again would only take time
        sums, holds = raked(_cut(weights, bounds, people), margins)
        weights = _of_mean_one(rake(sums, shares), people)
    weights = _cut_for_good(weights, people)
    return _described(weights, people, sum(people[cell] for cell in trimmed))


def merged(margin: Margin, people: Mapping[Cell, int]) -> Margin:
    """`margin` with categories of fewer than five people joined to the next, in order.

    Weights of so few people would vary widely or have no solution. Groups that exist already stay.
    """
    if margin.groups:
        return margin
    count = dict.fromkeys(margin.targets, 0)
    for cell, n in people.items():
        category = cell[margin.variable]
        if category is not None and margin.holds(cell):
            count[category] += n
    groups: list[list[str]] = []
    for category in margin.targets:
        if groups and sum(count[c] for c in groups[-1]) < MERGED_BELOW:
            groups[-1].append(category)
        else:
            groups.append([category])
    if len(groups) > 1 and sum(count[c] for c in groups[-1]) < MERGED_BELOW:
        groups[-2].extend(groups.pop())
    return margin.joined(groups)


def effective_size(weights: Iterable[tuple[float, int]]) -> float:
    """Kish's effective sample size of (weight, people) pairs; 0 of nobody."""
    pairs = list(weights)
    squares = fsum(n * w * w for w, n in pairs)
    return fsum(n * w for w, n in pairs) ** 2 / squares if squares else 0.0


def _bounds(weights: Mapping[Cell, float], people: Mapping[Cell, int]) -> dict[Cell, float]:
    """The largest weight that a person of each cell may have."""
    whole: dict[str | None, float] = {}
    count: dict[str | None, int] = {}
    for cell, weight in weights.items():
        whole[cell[DISTRICT]] = whole.get(cell[DISTRICT], 0.0) + weight * people[cell]
        count[cell[DISTRICT]] = count.get(cell[DISTRICT], 0) + people[cell]
    return {
        cell: MOST_TIMES_THE_MEAN * whole[cell[DISTRICT]] / count[cell[DISTRICT]]
        for cell in weights
    }


def _cut(
    weights: Mapping[Cell, float], bounds: Mapping[Cell, float], people: Mapping[Cell, int]
) -> dict[Cell, float]:
    """The sums of weights cut to their bounds; what is cut goes to the others of the district."""
    cut = {c: people[c] * min(w, bounds[c]) for c, w in weights.items()}
    whole: dict[str | None, list[float]] = {}
    for cell, weight in weights.items():
        pair = whole.setdefault(cell[DISTRICT], [0.0, 0.0])
        pair[0] += weight * people[cell]
        pair[1] += cut[cell]
    factors = {district: before / after for district, (before, after) in whole.items()}
    return {cell: value * factors[cell[DISTRICT]] for cell, value in cut.items()}


def _cut_for_good(weights: Mapping[Cell, float], people: Mapping[Cell, int]) -> dict[Cell, float]:
    """Cut weights to their bounds without raking again: each district keeps its share."""
    current = dict(weights)
    for _ in range(LAST_ROUNDS):
        sums = _cut(current, _bounds(current, people), people)
        current = {cell: sums[cell] / people[cell] for cell in current}
    return current


def _of_mean_one(sums: Mapping[Cell, float], people: Mapping[Cell, int]) -> dict[Cell, float]:
    whole, count = fsum(sums.values()), sum(people.values())
    return {cell: sums.get(cell, 0.0) * count / whole / n for cell, n in people.items()}


def _described(weights: Mapping[Cell, float], people: Mapping[Cell, int], trimmed: int) -> Weights:
    pairs = [(weights[cell], n) for cell, n in people.items()]
    only = [weight for weight, _ in pairs]
    size = sum(people.values())
    return Weights(weights, size, effective_size(pairs), min(only), max(only), trimmed)
