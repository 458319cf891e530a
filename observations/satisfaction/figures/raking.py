"""Raking: weights under which a sample has the margins that are known of the population.

Iterative proportional fitting (Deming and Stephan, Annals of Mathematical Statistics 11: 427-444,
1940). People with the same categories share a weight, so that it works on cells, not on people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, inf

TOLERANCE = 1e-10
STILL = 1e-12
"""A share this close is left as it is."""
MOST_ROUNDS = 2000
LOOK_EVERY, LEAST_GAIN = 50, 0.5
"""Rounds after which the distance from the margins must have halved: else they contradict each
other, or nearly, and more rounds would gain nothing that anybody could see."""

Cell = tuple[str | None, ...]
"""One category of each variable, in the variables' order; None: not told."""


@dataclass(frozen=True)
class Margin:
    """What is known of one variable, `targets`: people by category.

    `within` restricts it to cells whose variable of that position has that category: the ages
    of one district. None: the whole population. `groups` are categories counted together.
    """

    variable: int
    targets: Mapping[str, float]
    within: tuple[int, str] | None = None
    groups: Sequence[Sequence[str]] = ()

    def holds(self, cell: Cell) -> bool:
        """Whether a cell is counted in this margin; a cell with an unknown category is not."""
        inside = self.within is None or cell[self.within[0]] == self.within[1]
        return inside and cell[self.variable] in self.targets

    def joined(self, groups: Sequence[Sequence[str]]) -> "Margin":
        """The margin with the categories of each group counted together."""
        return replace(self, groups=groups)


def rake(sums: Mapping[Cell, float], margins: Sequence[Margin]) -> dict[Cell, float]:
    """Each cell's sum of weights once all margins hold, within 1e-10 of their shares.

    `sums` are the sums before. Categories without anybody are left out of their margin, the
    others keep their proportions; whoever is not counted in a margin keeps their weight in it.
    The sum of all weights stays. Where margins contradict each other it ends as soon as more rounds
    gain little.
    """
    return raked(sums, margins)[0]


def raked(sums: Mapping[Cell, float], margins: Sequence[Margin]) -> tuple[dict[Cell, float], bool]:
    """The same, and whether all margins hold."""
    weight_sums = {cell: value for cell, value in sums.items() if value > 0}
    fitted = [
        _fit_all(weight_sums, [_plan(margin, weight_sums) for margin in block])
        for block in _blocks(margins)
    ]
    return weight_sums, all(fitted)


def _fit_all(weight_sums: dict[Cell, float], plans: "Sequence[Plan]") -> bool:
    """Fit the margins in turn; whether they all hold in the end."""
    before = inf
    for turn in range(1, MOST_ROUNDS + 1):
        farthest = max(_fit(weight_sums, plan) for plan in plans)
        if farthest <= TOLERANCE:
            return True
        if turn % LOOK_EVERY == 0:
            if farthest > before * LEAST_GAIN:
                return False
            before = farthest
    return False


def _blocks(margins: Sequence[Margin]) -> Iterable[Sequence[Margin]]:
    """Margins that have no cell in common with those of other blocks: each is fitted alone."""
    if len({margin.within[0] if margin.within else None for margin in margins}) != 1:
        return [margins] if margins else []
    if margins[0].within is None:
        return [margins]
    blocks: dict[tuple[int, str] | None, list[Margin]] = {}
    for margin in margins:
        blocks.setdefault(margin.within, []).append(margin)
    return blocks.values()


Plan = Sequence[tuple[float, Sequence[Cell]]]
"""Of each group of categories that has anybody: its share, its cells."""


def _plan(margin: Margin, sums: Mapping[Cell, float]) -> Plan:
    cells: dict[str, list[Cell]] = {}
    for cell in sums:
        category = cell[margin.variable]
        if category is not None and margin.holds(cell):
            cells.setdefault(category, []).append(cell)
    plan = []
    for group in margin.groups or [[category] for category in margin.targets]:
        people = fsum(margin.targets[category] for category in group if category in cells)
        if people > 0:
            plan.append((people, [cell for c in group for cell in cells.get(c, [])]))
    whole = fsum(people for people, _ in plan)
    return [(people / whole, inside) for people, inside in plan]


def _fit(sums: dict[Cell, float], plan: Plan) -> float:
    """Make one margin hold; return how far it was from holding, as a share."""
    now = [sum([sums[cell] for cell in cells]) for _, cells in plan]
    whole = sum(now)
    farthest = 0.0
    for (share, cells), value in zip(plan, now, strict=True):
        off = abs(value / whole - share)
        if off <= STILL:
            continue
        farthest = max(farthest, off)
        factor = share * whole / value
        for cell in cells:
            sums[cell] *= factor
    return farthest
