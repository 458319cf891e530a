"""The names that are kept aside (`tests/observations/taxa/held_out/README.md`)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from observations.taxa.search import TaxonIndex
from observations.taxa.taxon import Taxon

FOLDER = Path(__file__).parents[1] / "observations" / "taxa" / "held_out"
SHOWN = 3


@dataclass(frozen=True)
class HeldOut:
    """What was typed, and the Chinese name of the taxon meant."""

    query: str
    meant: str


def held_out() -> dict[str, list[HeldOut]]:
    """The sets by name; of a taxon of `everyday_taxa`, both its names are typed."""
    return {
        "folk_names": [HeldOut(*row) for row in _rows("folk_names")],
        "everyday_names": [HeldOut(*row) for row in _rows("everyday_names")],
        "everyday_taxa": [
            HeldOut(name, chinese)
            for latin, chinese, _ in _rows("everyday_taxa")
            for name in (chinese, latin)
        ],
    }


def missed(index: TaxonIndex, taxa: list[Taxon], names: list[HeldOut]) -> list[str]:
    """The names whose taxon is not among the first three."""
    called = {taxon.taxon_id: taxon.vernacular_name for taxon in taxa}  # of a list's taxa no more
    return [
        f"{name.query} ({name.meant})"
        for name in names
        if name.meant
        not in {called.get(hit.taxon_id) for hit in index.search(name.query, limit=SHOWN)}
    ]


def _rows(name: str) -> Iterator[list[str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from list(rows)
