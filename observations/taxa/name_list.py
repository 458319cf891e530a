"""The names that a phone keeps: a name typed without a network is its taxon all the same."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from observations.taxa.names import NameStatus
from observations.taxa.pinyin import spelt
from observations.taxa.store import TaxaReads
from observations.taxa.taxon import Taxon

MOST = 2_000  # of a larger list the project's own taxa and what people meet: some 100 KB, packed


@dataclass(frozen=True, slots=True)
class ListedTaxon:
    """A taxon with all its names.

    `everyday` names are for the search only; `spelling` is the Chinese name in pinyin, each
    syllable with a capital.
    """

    taxon: Taxon
    others: Sequence[str]
    everyday: Sequence[str]
    spelling: str


def name_list(reads: TaxaReads) -> list[ListedTaxon]:
    """The names of the whole checklist, or of its `MOST` commonest taxa."""
    taxa = sorted(reads.all_taxa(), key=lambda taxon: (taxon.is_imported, taxon.tier))[:MOST]
    others: dict[UUID, list[str]] = defaultdict(list)
    everyday: dict[UUID, list[str]] = defaultdict(list)
    for name in reads.names_of([taxon.taxon_id for taxon in taxa]):
        kind = everyday if name.status is NameStatus.EVERYDAY else others
        kind[name.taxon_id].append(name.name)
    return [
        ListedTaxon(
            taxon,
            others[taxon.taxon_id],
            everyday[taxon.taxon_id],
            next(iter(spelt(taxon.vernacular_name)), ""),
        )
        for taxon in taxa
    ]
