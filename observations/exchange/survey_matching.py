"""Matching survey rows with the checklist again after it has changed.

Where a name is added or a taxon becomes sensitive, rows get their taxon, and the public place that
it requires.
"""

from contextlib import AbstractContextManager
from dataclasses import astuple
from typing import Protocol
from uuid import UUID

from observations.base.retrying import retried
from observations.exchange.names import Names
from observations.exchange.survey_file.problems import RowProblem
from observations.surveys.dataset_projection import project_surveys
from observations.surveys.dataset_store import DatasetWrites
from observations.surveys.datasets import RowNames
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
    it: by an old name too, and below a species its species, which may be sensitive. What resembles
    a sensitive name is treated as it.
    """
    if unlinked := tx.datasets.unlinked_names():
        names = Names(tx.taxa.all_taxa(), tx.taxa.further_names())
        tx.datasets.link_names([_linked(names, one) for one in unlinked])
    return project_surveys(tx)


def _linked(names: Names, row: RowNames) -> tuple[RowNames, UUID | None, int | None]:
    """The taxon and the category of a row's names; by what is certain, where they are in doubt."""
    try:
        if row.verbatim_name:
            raise RowProblem("name_in_doubt")
        read = names.determine(row.scientific_name, row.vernacular_name)
    except RowProblem:
        taxon = names.by_scientific(row.scientific_name)
        return row, taxon.taxon_id if taxon else None, names.nearest_category(*astuple(row))
    return row, read.taxon.taxon_id if read.taxon else None, read.category


@retried
def rebuild_surveys(store: Store) -> int:
    """The same in a transaction of its own, for an operator's command."""
    with store.transaction() as tx:
        return match_with_checklist(tx)
