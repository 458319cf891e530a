"""Matching survey rows with the checklist again after it has changed.

Where a name is added or a taxon becomes sensitive, rows get their taxon, and the public place that
it requires.
"""

from contextlib import AbstractContextManager
from typing import Protocol

from observations.base.retrying import retried
from observations.exchange.names import Names
from observations.surveys.dataset_projection import project_surveys
from observations.surveys.dataset_store import DatasetWrites
from observations.taxa.store import TaxaReads


class Transaction(Protocol):
    """The reads and writes that this module needs."""

    @property
    def taxa(self) -> TaxaReads: ...
    @property
    def datasets(self) -> DatasetWrites: ...


class Store(Protocol):
    """The transactions that this module needs."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...


def match_with_checklist(tx: Transaction) -> int:
    """Match and publish survey rows again, within a transaction; gives how many changed their grid.

    To be called whenever names or categories change. A row gets the taxon that an import would give
    it: by an old name too, and below a species its species, which may be sensitive.
    """
    if unlinked := tx.datasets.unlinked_names():
        names = Names(tx.taxa.all_taxa(), tx.taxa.further_names())
        taxa = {name: taxon for name in unlinked if (taxon := names.by_scientific(name))}
        if taxa:
            tx.datasets.link_names(list(taxa), [taxon.taxon_id for taxon in taxa.values()])
    return project_surveys(tx)


@retried
def rebuild_surveys(store: Store) -> int:
    """The same in a transaction of its own, for an operator's command."""
    with store.transaction() as tx:
        return match_with_checklist(tx)
