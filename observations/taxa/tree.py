"""The checklist as a tree: class, order, family, and how many of each are recorded."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from observations.taxa.taxon import Taxon


@dataclass
class Branch:
    """A rank's name with its children.

    `species` counts the checklist's taxa, `recorded` those with a public record. A family's `taxa`
    are in the order of the checklist.
    """

    name: str
    species: int = 0
    recorded: int = 0
    branches: dict[str, "Branch"] = field(default_factory=dict)
    taxa: list[Taxon] = field(default_factory=list)

    def _add(self, taxon: Taxon, is_recorded: bool, below: tuple[str, ...]) -> None:
        self.species += 1
        self.recorded += is_recorded
        if not below:
            self.taxa.append(taxon)
            return
        name, *rest = below
        self.branches.setdefault(name, Branch(name))._add(taxon, is_recorded, tuple(rest))


def tree_of(taxa: Iterable[Taxon], recorded: Collection[UUID]) -> Branch:
    """The root above classes, orders and families; a blank rank is skipped."""
    root = Branch("")
    for taxon in taxa:
        ranks = (taxon.taxon_class, taxon.taxon_order, taxon.family)
        root._add(taxon, taxon.taxon_id in recorded, tuple(rank for rank in ranks if rank))
    return root
