"""The seeded checklist as tests and measurements use it, without a store."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from db.seeding import read_seed
from db.taxa import taxon_name_of_seed, taxon_of_seed
from observations.taxa.current import shown_names
from observations.taxa.names import NameStatus, TaxonName
from observations.taxa.search import TaxonIndex
from observations.taxa.store import NameRow
from observations.taxa.taxon import Taxon


def seed_taxa() -> list[Taxon]:
    """Every taxon of the checklist."""
    return [taxon_of_seed(row) for row in read_seed("taxa.csv")]


def seed_names() -> list[TaxonName]:
    """Every further name."""
    return [taxon_name_of_seed(row) for row in read_seed("taxon_names.csv")]


def name_rows(taxa: Sequence[Taxon], names: Sequence[TaxonName] = ()) -> list[NameRow]:
    """Rows as the store gives them."""
    further: dict[UUID, list[TaxonName]] = defaultdict(list)
    for name in names:
        further[name.taxon_id].append(name)
    rows = []
    for taxon in sorted(taxa, key=lambda taxon: taxon.tier):
        group, tier = str(taxon.group), taxon.tier
        own = [(row.name, row.language, False) for row in shown_names(taxon)]
        more = [
            (name.name, str(name.language), name.status is NameStatus.EVERYDAY)
            for name in further[taxon.taxon_id]
        ]
        rows += [NameRow(taxon.taxon_id, group, tier, *name) for name in own + more]
    return rows


def index_of(taxa: Sequence[Taxon], names: Sequence[TaxonName] | None = None) -> TaxonIndex:
    """An index of these taxa, with the checklist's further names."""
    return TaxonIndex(name_rows(taxa, seed_names() if names is None else names))
