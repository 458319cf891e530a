"""Complementary suppression: no small group may be computed by subtracting published figures.

Published are the sums of some districts (rows), of some tiers (columns) and of the city. Every sum
that can be computed from them has the form `city + row + column` in each cell of the table, with
whole-number multiples. All groups of people that have this form are therefore checked.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import product

MULTIPLES = range(-2, 3)
"""How often a column or the city may be added or taken away. Three columns need no more: beyond
two, some cell would count twice."""


def smallest_given_away(
    people: Mapping[tuple[str, str], int], rows: Collection[str], columns: Collection[str]
) -> int | None:
    """The number of people in the smallest group that the published sums reveal.

    `people` are counts by (row, column) of everyone in the city's sum; `rows` and `columns` are
    those whose own sums are published. None: no group is revealed.
    """
    cells = {cell: n for cell, n in people.items() if n > 0}
    by_row: dict[str, dict[str, int]] = {}
    for (row, column), n in cells.items():
        by_row.setdefault(row, {})[column] = n
    shown = [column for column in sorted({c for _, c in cells}) if column in columns]
    sizes = [
        size
        for city, *added in product(MULTIPLES, repeat=1 + len(shown))
        for size in _sizes(by_row, rows, city, dict(zip(shown, added, strict=True)))
    ]
    return min(sizes, default=None)


def _sizes(
    by_row: Mapping[str, Mapping[str, int]],
    rows: Collection[str],
    city: int,
    added: Mapping[str, int],
) -> Iterator[int]:
    """The size of the smallest group that these multiples reveal, or None."""
    whole, smallest_step = 0, None
    for row, cells in by_row.items():
        levels = {column: city + added.get(column, 0) for column in cells}
        options = sorted(_options(cells, levels, row in rows))
        if not options:
            return
        whole += options[0]
        fuller = [size - options[0] for size in options if size > options[0]]
        if fuller and (smallest_step is None or fuller[0] < smallest_step):
            smallest_step = fuller[0]
    if whole:
        yield whole
    elif smallest_step:
        yield smallest_step


def _options(cells: Mapping[str, int], levels: Mapping[str, int], is_free: bool) -> Iterator[int]:
    """The people of a row in the group, for each choice that counts all its cells once or not."""
    for own in (-min(levels.values()), 1 - max(levels.values())) if is_free else (0,):
        if all(level + own in (0, 1) for level in levels.values()):
            yield sum(n for column, n in cells.items() if levels[column] + own == 1)
