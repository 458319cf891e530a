"""How many species some taxa are: the leaf rule.

As the City Nature Challenge and iNaturalist count: subspecies and varieties are their species, and
a name of a genus alone ("Anas sp.", which a list may have) counts only where no species of that
genus is among them. The view `counted_taxon` says the same for what storage counts.
"""

from collections import defaultdict
from collections.abc import Iterable

from observations.taxa.taxon import Taxon

HYBRID = "× "
NO_EPITHETS = frozenset({"", "sp", "sp.", "spp", "spp."})


def counted_as(scientific_name: str) -> tuple[str, str | None]:
    """The genus that a name counts for, and its species; None where it names the genus alone."""
    genus, epithet, *_ = [*scientific_name.replace(HYBRID, "").split(" "), "", ""]
    return genus, None if epithet in NO_EPITHETS else f"{genus} {epithet}"


def species_count(taxa: Iterable[Taxon]) -> int:
    """The number of species among these taxa."""
    return leaf_count(counted_as(taxon.scientific_name) for taxon in taxa)


def leaf_count(leaves: Iterable[tuple[str, str | None]]) -> int:
    """The number of species among these leaves, each a genus with its species or None."""
    by_genus: dict[str, set[str]] = defaultdict(set)
    for genus, species in leaves:
        by_genus[genus] |= {species} if species else set()
    return sum(max(len(species), 1) for species in by_genus.values())
