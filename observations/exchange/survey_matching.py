"""Matching survey rows with the checklist again after it has changed.

Where a name is added or a taxon becomes sensitive, rows get their taxon, and the public place that
it requires.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import astuple
from typing import Protocol
from uuid import UUID

from observations.base.retrying import retried
from observations.exchange.names import Names
from observations.exchange.survey_file.problems import RowProblem
from observations.exchange.survey_import import Progress, no_progress
from observations.occurrences.occurrence import PublicPlace
from observations.surveys.dataset_projection import project_surveys, survey_place
from observations.surveys.dataset_store import DatasetReads, DatasetWrites
from observations.surveys.datasets import RowNames
from observations.taxa.store import TaxaReads

STEP = 2_000  # rows that one transaction writes


class Transaction(Protocol):
    """The reads and writes that this module needs."""

    @property
    def taxa(self) -> TaxaReads: ...
    @property
    def datasets(self) -> DatasetWrites: ...


class Store(Protocol):
    """The reads and transactions that this module needs."""

    @property
    def datasets(self) -> DatasetReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...


def match_with_checklist(tx: Transaction) -> int:
    """Match and publish survey rows again, within a transaction; gives how many changed their grid.

    To be called whenever names or categories change. A row gets the taxon that an import would give
    it: by an old name too, and below a species its species, which may be sensitive. What resembles
    a sensitive name is treated as it.
    """
    _link_names(tx)
    return project_surveys(tx)


def _link_names(tx: Transaction) -> None:
    if unlinked := tx.datasets.unlinked_names():
        names = Names(tx.taxa.all_taxa(), tx.taxa.further_names())
        tx.datasets.link_names([_linked(names, one) for one in unlinked])


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


def rebuild_surveys(store: Store, progress: Progress = no_progress) -> int:
    """The same for an operator's command, in steps beside those who read and write.

    The projection is compared by reading alone, and only what differs is written.
    """
    _link(store)
    moved = 0
    while rows := store.datasets.misplaced(STEP):
        _place_again(store, [(row[0], row[3], survey_place(*row[1:])) for row in rows])
        moved += len(rows)
        progress("surveys", moved, moved)
    wrong = store.datasets.wrong_records()
    for start in range(0, len(wrong), STEP):
        _publish_again(store, wrong[start : start + STEP])
        progress("surveys", min(start + STEP, len(wrong)), len(wrong))
    return moved


@retried
def _link(store: Store) -> None:
    with store.transaction() as tx:
        _link_names(tx)


@retried
def _place_again(store: Store, places: Sequence[tuple[UUID, int | None, PublicPlace]]) -> None:
    with store.transaction() as tx:
        tx.datasets.place_again(places)


@retried
def _publish_again(store: Store, record_ids: Sequence[UUID]) -> None:
    with store.transaction() as tx:
        tx.datasets.publish_again(record_ids)
