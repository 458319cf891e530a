"""Where and in which months a taxon of the checklist is likely to be seen, for the demo alone.

`habits.csv` is coarse general knowledge (winter visitors November to March, dragonflies May to
October, lotus June to September): plausible, and used for nothing else. Its names are species,
genera, families, orders, classes, phyla or groups; the narrowest one is used.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from observations.taxa.taxon import Taxon

TABLE = Path(__file__).with_name("habits.csv")
RARE_TIER = 0.15
# Taxa with a drawing are common ones, and the demo needs pictures.
DRAWN = 7.0
UNSURE = 0.2
# The factor by which taxa with a generalised place are seen less often, by GBIF's category.
SENSITIVE = {1: 0.02, 2: 0.1, 3: 0.25, 4: 0.5}


@dataclass(frozen=True, slots=True)
class Habit:
    """Habitats, months (1 to 12) and frequency; 1 is usual."""

    habitats: frozenset[str]
    months: frozenset[int]
    weight: float


@cache
def _habits() -> dict[str, Habit]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["name"]: _habit(row) for row in csv.DictReader(rows)}


def _habit(row: dict[str, str]) -> Habit:
    months = (month for span in row["months"].split() for month in months_of(span))
    habitats = frozenset(row["habitats"].split())
    return Habit(habitats, frozenset(months), float(row["weight"]))


def months_of(span: str) -> list[int]:
    """The months of `4`, `4-6` or, across the new year, `11-3`."""
    first, _, last = span.partition("-")
    start, length = int(first), (int(last or first) - int(first)) % 12 + 1
    return [(start + step - 1) % 12 + 1 for step in range(length)]


def habit_of(taxon: Taxon) -> Habit:
    """The narrowest row for a taxon."""
    habits = _habits()
    names = (
        taxon.scientific_name,
        taxon.genus,
        taxon.family,
        taxon.taxon_order,
        taxon.taxon_class,
        taxon.phylum,
    )
    return next((habits[name] for name in names if name in habits), habits[taxon.group])


def likelihood(taxon: Taxon, habitats: frozenset[str], month: int) -> float:
    """How likely a taxon is seen in one of these habitats in this month; 0 where it is not."""
    habit = habit_of(taxon)
    if month not in habit.months or not habit.habitats & habitats:
        return 0
    weight = habit.weight * SENSITIVE.get(taxon.sensitive_category or 0, 1)
    if taxon.tier > 1:
        weight *= RARE_TIER
    if taxon.picture:
        weight *= DRAWN
    return weight if taxon.confidence == "high" else weight * UNSURE
