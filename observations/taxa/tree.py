"""The checklist as a tree: class, order, family, and how many species of each are recorded."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from observations.taxa.leaves import species_count
from observations.taxa.taxon import Taxon


@dataclass
class Branch:
    """A rank's name with its children.

    `species` counts the checklist's species, `recorded` those with a public record, by the leaf
    rule. A family's `taxa` are in the order of the checklist.
    """

    name: str
    species: int = 0
    recorded: int = 0
    branches: dict[str, "Branch"] = field(default_factory=dict)
    taxa: list[Taxon] = field(default_factory=list)

    def _add(self, taxon: Taxon, below: tuple[str, ...]) -> None:
        if not below:
            self.taxa.append(taxon)
            return
        name, *rest = below
        self.branches.setdefault(name, Branch(name))._add(taxon, tuple(rest))

    def _count(self, recorded: Collection[UUID]) -> None:
        for branch in self.branches.values():
            branch._count(recorded)
        below = self.branches.values()
        met = [taxon for taxon in self.taxa if taxon.taxon_id in recorded]
        self.species = species_count(self.taxa) + sum(branch.species for branch in below)
        self.recorded = species_count(met) + sum(branch.recorded for branch in below)


def tree_of(taxa: Iterable[Taxon], recorded: Collection[UUID]) -> Branch:
    """The root above classes, orders and families; a blank rank is skipped."""
    root = Branch("")
    for taxon in taxa:
        ranks = (taxon.taxon_class, taxon.taxon_order, taxon.family)
        root._add(taxon, tuple(rank for rank in ranks if rank))
    root._count(recorded)
    return root
