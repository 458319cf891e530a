"""Writing the rows of a survey file in steps that nobody sees until the last one.

What one transaction writes, DuckDB keeps in memory, and other writers wait for it: a million rows
took 800 MB. So the rows are written in several transactions, under an id that no dataset has (a new
dataset's own, before it is there): the public view and every read join datasets. The last
transaction makes them rows of the dataset. `survey_import` has the ids of imports on their way;
what an interrupted one has left is removed once it has been quiet for `QUIET`.
"""

import pickle
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import IO, Protocol
from uuid import UUID

from observations.base.errors import Refused, StorageError
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person
from observations.exchange.survey_file.seen_ids import SeenIds
from observations.exchange.survey_findings import Findings, ImportOptions
from observations.log.entries import LogEntry
from observations.surveys.dataset_store import Store, Transaction
from observations.surveys.datasets import Columns, Dataset, SurveyOccurrence, columns_of

BATCH = 2_000  # ten times as many take 90 MB more and no less time
BATCHES = 10  # of one transaction
QUIET = timedelta(minutes=10)
FIRST_ID = UUID(int=0)


class Import(Protocol):
    """A file that was read: its dataset, and what was there before."""

    @property
    def dataset(self) -> Dataset: ...
    @property
    def before(self) -> Dataset | None: ...
    @property
    def options(self) -> ImportOptions: ...
    @property
    def result(self) -> Findings: ...
    @property
    def ids(self) -> SeenIds: ...
    @property
    def now(self) -> datetime: ...
    def progress(self, what: str, done: int, total: int, /) -> None:
        """Say how much is done."""
        ...


def put_aside(spool: IO[bytes], rows: Sequence[SurveyOccurrence]) -> None:
    """Add a batch of new and changed rows to the temporary file."""
    if rows:
        pickle.dump((len(rows), columns_of(rows)), spool, pickle.HIGHEST_PROTOCOL)


def write(store: Store, one: Import, spool: IO[bytes], person: Person) -> None:
    """Write the rows of the temporary file; remove gone rows if asked.

    Raises `Refused`: `dataset.changed_meanwhile`. What was written so far is then removed.
    """
    remove_interrupted(store, one.now)
    import_id = new_id(one.now) if one.before else one.dataset.dataset_id
    try:
        _write_rows(store, one, spool, import_id)
        one.result.dataset = _make_visible(store, one, import_id, person)
    except BaseException:
        with suppress(StorageError):
            _remove(store, import_id)
        raise


def remove_interrupted(store: Store, now: datetime) -> int:
    """Remove what interrupted imports have left; gives how many there were."""
    interrupted = store.datasets.imports_before(now - QUIET)
    for import_id in interrupted:
        _remove(store, import_id)
    return len(interrupted)


@retried
def _remove(store: Store, import_id: UUID) -> None:
    with store.transaction() as tx:
        if tx.datasets.is_importing(import_id):
            tx.datasets.remove_rows(import_id)
            tx.datasets.end_import(import_id)


def _write_rows(store: Store, one: Import, spool: IO[bytes], import_id: UUID) -> None:
    total, written = one.result.new + one.result.changed, 0
    begun, is_first = time.monotonic(), True
    spool.seek(0)
    while batches := list(islice(_batches(spool), BATCHES)):
        moment = one.now + timedelta(seconds=time.monotonic() - begun)
        _write_some(store, import_id, [rows for _, rows in batches], moment, is_first)
        is_first = False
        written += sum(count for count, _ in batches)
        one.progress("write", written, total)
    one.progress("publish", written, written)


def _batches(spool: IO[bytes]) -> Iterator[tuple[int, Columns]]:
    with suppress(EOFError):
        while True:
            yield pickle.load(spool)


@retried
def _write_some(
    store: Store, import_id: UUID, batches: list[Columns], moment: datetime, is_first: bool
) -> None:
    with store.transaction() as tx:
        if is_first:
            tx.datasets.begin_import(import_id, moment)
        else:
            _require_on_its_way(tx, import_id)
            tx.datasets.note_import(import_id, moment)
        for rows in batches:
            tx.datasets.add_rows(import_id, rows)


def _require_on_its_way(tx: Transaction, import_id: UUID) -> None:
    if not tx.datasets.is_importing(import_id):
        raise Refused("dataset.changed_meanwhile", "file")


@retried
def _make_visible(store: Store, one: Import, import_id: UUID, person: Person) -> Dataset:
    dataset = replace(one.dataset, imported_by=person.staff_id)
    with store.transaction() as tx:
        if tx.datasets.dataset(dataset.code) != one.before:
            raise Refused("dataset.changed_meanwhile", "file")
        if one.result.new + one.result.changed:
            _require_on_its_way(tx, import_id)
        if one.before:
            tx.datasets.unpublish(dataset.dataset_id)
            tx.datasets.take_in(import_id, dataset.dataset_id)
            if one.options.replaces:
                _remove_gone(tx, dataset.dataset_id, one.ids)
        dataset = replace(dataset, record_count=tx.datasets.count_rows(dataset.dataset_id))
        if one.before:
            tx.datasets.change_dataset(dataset)
        else:
            tx.datasets.add_dataset(dataset)
        tx.datasets.end_import(import_id)
        tx.datasets.publish(dataset.dataset_id)
        tx.log.add(_entry(dataset, one.result, person))
    return dataset


def _remove_gone(tx: Transaction, dataset_id: UUID, ids: SeenIds) -> None:
    after = FIRST_ID
    while some := tx.datasets.record_ids(dataset_id, after, BATCH):
        if gone := [one for one in some if one not in ids]:
            tx.datasets.remove_records(dataset_id, gone)
        after = some[-1]


def _entry(dataset: Dataset, findings: Findings, person: Person) -> LogEntry:
    counts: dict[str, object] = {
        "code": dataset.code,
        "new": findings.new,
        "changed": findings.changed,
        "same": findings.same,
        "refused": len(findings.problems),
    }
    return LogEntry("dataset.imported", dataset.dataset_id, person, dataset.imported_at, counts)
