"""Survey rows follow the checklist: whenever a name comes to it, or is held to be sensitive now,
they find their taxon, and their public place is what that taxon asks for."""

from contextlib import AbstractContextManager
from typing import Protocol

from observations.base.retrying import retried
from observations.exchange.names import Names
from observations.surveys.dataset_projection import project_surveys
from observations.surveys.dataset_store import DatasetWrites
from observations.taxa.store import TaxaReads


class Transaction(Protocol):
    """What following reads and writes."""

    @property
    def taxa(self) -> TaxaReads: ...
    @property
    def datasets(self) -> DatasetWrites: ...


class Store(Protocol):
    """What opens it."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...


def follow_checklist(tx: Transaction) -> int:
    """Find names, place and publish anew, within a transaction; how many rows had another grid
    than the checklist now asks for. Call it whenever names or categories change.

    A row finds its taxon as an import would find it: by an old name too, and below a species by
    its species, which may be a sensitive one.
    """
    if unlinked := tx.datasets.unlinked_names():
        names = Names(tx.taxa.all_taxa(), tx.taxa.further_names())
        taxa = {name: taxon for name in unlinked if (taxon := names.by_scientific(name))}
        if taxa:
            tx.datasets.link_names(list(taxa), [taxon.taxon_id for taxon in taxa.values()])
    return project_surveys(tx)


@retried
def rebuild_surveys(store: Store) -> int:
    """The same in a transaction of its own: after a doubt."""
    with store.transaction() as tx:
        return follow_checklist(tx)
