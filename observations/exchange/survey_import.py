"""Importing a survey dataset: read the file, then write all of it or nothing.

The file is read once, before any lock is taken. Its good rows go to a temporary file, so that
memory does not grow with the file; `survey_writing.py` writes them.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol
from uuid import UUID

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import Person, require
from observations.base.text import clean_text
from observations.exchange.names import Names
from observations.exchange.survey_file.licences import chosen_licence, licence_of
from observations.exchange.survey_file.presence import KnownAbsence
from observations.exchange.survey_file.problems import RowProblems
from observations.exchange.survey_file.rows import Reader
from observations.exchange.survey_file.seen_ids import SeenIds
from observations.exchange.survey_file.sources import Row, Source, fingerprint, open_source
from observations.exchange.survey_findings import Findings as Findings
from observations.exchange.survey_findings import ImportOptions as ImportOptions
from observations.exchange.survey_writing import BATCH, FIRST_ID, put_aside, write
from observations.places.grid import is_withheld, square_grid
from observations.surveys.dataset_store import DatasetReads, Transaction
from observations.surveys.datasets import (
    CODE_LENGTH,
    TITLE_LENGTH,
    Dataset,
    SurveyOccurrence,
    record_id_of,
)
from observations.surveys.withdrawal import MANAGE_DATASETS
from observations.taxa.store import TaxaReads

SAMPLE = 5
Progress = Callable[[str, int, int], None]


class Store(Protocol):
    """The reads and transactions that an import needs."""

    @property
    def datasets(self) -> DatasetReads: ...
    @property
    def taxa(self) -> TaxaReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open one transaction."""
        ...


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Report nothing."""


def no_report(_findings: Findings) -> None:
    """Report nothing."""


def dry_run(
    store: Store,
    path: Path,
    options: ImportOptions,
    person: Person,
    now: datetime,
    progress: Progress = no_progress,
) -> Findings:
    """The dry run: read the whole file, change nothing.

    Raises `Refused` as `open_source` does, and `role.may_not`, `dataset.code_empty`,
    `dataset.licence_unknown`.
    """
    require(person, MANAGE_DATASETS)
    with open_source(path) as source:
        return _Looking(store, source, options, now, progress).findings(None)


def import_survey(
    store: Store,
    path: Path,
    options: ImportOptions,
    person: Person,
    now: datetime,
    progress: Progress = no_progress,
    report: Callable[[Findings], None] = no_report,
) -> Findings:
    """Read the file, then write its good rows, which are public all at once.

    `report` gets the findings in between. Raises `Refused` as `dry_run` does, and, nothing changed:
    `dataset.problems` where rows cannot be imported and are not to be skipped,
    `dataset.nothing_good` where none can, `dataset.nothing_seen` where all are absences.
    """
    require(person, MANAGE_DATASETS)
    with open_source(path) as source, tempfile.TemporaryFile(prefix="luji-import-") as spool:
        looking = _Looking(store, source, options, now, progress)
        findings = looking.findings(spool)
        report(findings)
        _require_good(findings, options)
        write(store, looking, spool, person)
    return findings


def _require_good(findings: Findings, options: ImportOptions) -> None:
    problems = findings.problems
    first = problems.listed[0] if problems.listed else None
    values = {"count": len(problems), "line": first.line if first else 0}
    if not findings.good:
        is_of_absences = findings.absent and not first
        code = "dataset.nothing_seen" if is_of_absences else "dataset.nothing_good"
        raise Refused(code, "file", **values)
    if first and not options.skips_problems:
        raise Refused("dataset.problems", "file", **values)


class _Looking:
    """One reading of one file."""

    def __init__(
        self,
        store: Store,
        source: Source,
        options: ImportOptions,
        now: datetime,
        progress: Progress,
    ) -> None:
        self.store, self.source, self.options, self.now = store, source, options, now
        self.progress = progress
        code = clean_text(options.code or source.path.stem, "code", CODE_LENGTH)
        if not code:
            raise Refused("dataset.code_empty", "code")
        self.before = store.datasets.dataset(code)
        self.has_others = any(d.code != code for d in store.datasets.datasets())
        self.dataset = self._dataset(code)
        self.categories: dict[UUID, int | None] = {}
        self.ids = SeenIds()
        self.core_ids = SeenIds()
        self.result = Findings(self.dataset, self.before is None)

    def _dataset(self, code: str) -> Dataset:
        described, before = self.source.described, self.before
        title = clean_text(self.options.title, "title", TITLE_LENGTH)
        former = before.title if before else described.title[:TITLE_LENGTH]
        licence = chosen_licence(self.options.licence) or licence_of(described.licence)
        return Dataset(
            dataset_id=before.dataset_id if before else new_id(self.now),
            code=code,
            title=title or former or code,
            licence=licence or (before.licence if before else ""),
            rights_holder=described.rights_holder[:TITLE_LENGTH],
            source_file=self.source.path.name,
            source_sha256=fingerprint(self.source.path),
            record_count=0,
            rules_out_sensitive=self.options.rules_out_sensitive,
            is_demo=before.is_demo if before else self.options.is_demo,
            imported_by=None,
            first_imported_at=before.first_imported_at if before else self.now,
            imported_at=self.now,
        )

    def category_of(self, row: SurveyOccurrence) -> int | None:
        """The sensitive category of a row: its taxon's, or that of a name it resembles."""
        own = self.categories.get(row.taxon_id) if row.taxon_id else None
        other = row.resembled_category
        return min(own, other) if own and other else own or other

    def findings(self, spool: IO[bytes] | None) -> Findings:
        """Read the whole file; good rows go to `spool`, a batch at a time."""
        taxa = self.store.taxa.all_taxa()
        self.categories = {taxon.taxon_id: taxon.sensitive_category for taxon in taxa}
        reader = Reader(
            self.dataset.dataset_id,
            Names(taxa, self.store.taxa.further_names()),
            self.dataset.rules_out_sensitive,
            day_of(self.now),
        )
        for batch in self._batches(reader):
            fresh, changed = self._sorted(batch)
            if spool is not None:
                put_aside(spool, fresh + changed)
        self._orphans()
        if self.before:
            count = self.store.datasets.count_rows(self.dataset.dataset_id)
            self.result.gone = count - self.result.changed - self.result.same
        return self.result

    def _batches(self, reader: Reader) -> Iterator[list[tuple[int, SurveyOccurrence]]]:
        batch: list[tuple[int, SurveyOccurrence]] = []
        for row in self.source.rows():
            self.result.rows += 1
            if one := self._read(reader, row):
                batch.append((row.line, one))
            if len(batch) == BATCH:
                self.progress("read", self.result.rows, 0)
                yield batch
                batch = []
        yield batch

    def _read(self, reader: Reader, row: Row) -> SurveyOccurrence | None:
        problems = self.result.problems
        if self.source.extensions:
            self.core_ids.add(_core_id(row.cells.get("coreID", "")))
        if row.fault:
            problems.add(row.line, row.fault, value=row.width, expected=row.expected)
            return None
        try:
            one = reader.read(row.cells)
        except RowProblems as refused:
            for reason in refused.reasons:
                problems.add(row.line, reason.code, **reason.values)
            return None
        except KnownAbsence:
            self.result.absent += 1
            return None
        self.result.spread += row.is_spread
        if not self.ids.add(one.record_id):
            problems.add(row.line, "id_twice", value=one.occurrence_id)
            return None
        return one

    def _sorted(
        self, batch: list[tuple[int, SurveyOccurrence]]
    ) -> tuple[list[SurveyOccurrence], list[SurveyOccurrence]]:
        """The new and the changed rows of a batch, counted; a changed row keeps its public id."""
        rows = self._not_elsewhere(batch)
        dataset_id = self.dataset.dataset_id
        ids = [row.record_id for row in rows]
        rows_before = self.store.datasets.known(dataset_id, ids) if self.before else {}
        fresh, changed = [], []
        for row in rows:
            before = rows_before.get(row.record_id)
            if before is None:
                fresh.append(row)
            elif before.content_hash != row.content_hash:
                changed.append(replace(row, public_id=before.public_id))
            else:
                self.result.same += 1
            self._count(row)
        self.result.new += len(fresh)
        self.result.changed += len(changed)
        return fresh, changed

    def _not_elsewhere(self, batch: list[tuple[int, SurveyOccurrence]]) -> list[SurveyOccurrence]:
        if not self.has_others or not batch:
            return [row for _, row in batch]
        ids = [row.occurrence_id for _, row in batch]
        codes = self.store.datasets.elsewhere(self.dataset.dataset_id, ids)
        for line, row in batch:
            if code := codes.get(row.occurrence_id):
                value = row.occurrence_id
                self.result.problems.add(line, "id_elsewhere", value=value, dataset=code)
        return [row for _, row in batch if row.occurrence_id not in codes]

    def _count(self, row: SurveyOccurrence) -> None:
        findings = self.result
        findings.by_group[row.group_code or ""] += 1
        findings.by_district[row.district or ""] += 1
        if row.taxon_id is None:
            findings.unlisted += 1
            if row.resembled_category is None:  # else no vouch reaches it
                findings.unlisted_names[_names_of(row)] += 1
        if is_withheld(self.category_of(row)):
            findings.withheld += 1
        elif row.grid is not None:
            findings.rough += 1
        elif square_grid(None, row.coordinate_uncertainty_in_meters):
            findings.wide += 1
        findings.first_day = min(findings.first_day or row.first_day, row.first_day)
        findings.last_day = max(findings.last_day or row.last_day, row.last_day)
        if len(findings.sample) < SAMPLE:
            findings.sample.append(row)

    def _orphans(self) -> None:
        for name, line, core_id in self.source.references():
            if not core_id or _core_id(core_id) not in self.core_ids:
                self.result.problems.add(line, "orphan", value=name)


def _names_of(row: SurveyOccurrence) -> str:
    names = row.verbatim_name or row.scientific_name, row.vernacular_name
    return " ".join(dict.fromkeys(name for name in names if name))


def _core_id(text: str) -> UUID:
    return record_id_of(FIRST_ID, text)
