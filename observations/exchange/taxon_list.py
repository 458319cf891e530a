"""Importing a list of taxa into the checklist: read, compared and written in one transaction."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.exchange.survey_matching import match_with_checklist
from observations.log.entries import LogEntry
from observations.log.store import LogWrites
from observations.map.projection import ProjectionWrites, project
from observations.occurrences.generalised_photos import PhotosOfGeneralised
from observations.surveys.dataset_store import DatasetWrites
from observations.taxa.importing import Plan, plan_list, write_plan
from observations.taxa.list_file import read_list
from observations.taxa.store import TaxaReads, TaxaWrites

ACTION = "manage_taxa"
Progress = Callable[[int, int], None]


class Transaction(Protocol):
    """The writes of an import.

    Names and the log; the map, where a name that it shows has changed; survey rows, whose taxa are
    looked up again.
    """

    @property
    def taxa(self) -> TaxaWrites: ...
    @property
    def log(self) -> LogWrites: ...
    @property
    def map(self) -> ProjectionWrites: ...
    @property
    def occurrences(self) -> PhotosOfGeneralised: ...
    @property
    def datasets(self) -> DatasetWrites: ...


class Store(Protocol):
    """The reads and transactions that an import needs."""

    @property
    def taxa(self) -> TaxaReads: ...
    def transaction(self) -> AbstractContextManager[Transaction]: ...


def try_list(store: Store, person: Person, name: str, data: bytes) -> Plan:
    """The dry run: what the file would change now.

    Raises `Refused`: `role.may_not`, and as `read_list` does.
    """
    require(person, ACTION)
    return plan_list(store.taxa, read_list(name, data))


@retried
def import_list(
    store: Store,
    person: Person,
    name: str,
    data: bytes,
    now: datetime,
    on_progress: Progress | None = None,
) -> Plan:
    """Write the changes of the file.

    They are computed again inside the transaction, since the checklist may have changed since the
    dry run. Raises as `try_list` does.
    """
    require(person, ACTION)
    taxon_list = read_list(name, data)
    with store.transaction() as tx:
        plan = plan_list(tx.taxa, taxon_list)
        write_plan(tx.taxa, plan, on_progress)
        if plan.changes_what_is_shown:
            project(tx)
        if plan.taxa or plan.names:
            match_with_checklist(tx)
        details: dict[str, object] = {
            "new": plan.new_taxa,
            "known": plan.known_taxa,
            "names": plan.new_names,
            "left_out": len(plan.problems),
        }
        tx.log.add(LogEntry("taxa.imported", None, person, now, details))
    return plan
