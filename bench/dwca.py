"""Rows a second and peak memory of the survey import and of the Darwin Core Archive.

Each has a floor in the same run: for the import DuckDB's own `copy` of the same file into a table,
without a check of any row; for the export the csv module writing rows of the same cells into a zip.
Each runs in a separate process, whose peak memory is reported by the system.
"""

import csv
import io
import multiprocessing
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from bench.measurement import Measurement
from db.opening import open_store
from db.seeding import read_seed
from observations.base.roles import Person, Role
from observations.exchange.archive.terms import CORE
from observations.exchange.archive.writing import write_archive
from observations.exchange.survey_import import ImportOptions, import_survey, no_progress

ROWS, FULL_ROWS = 50_000, 1_000_000
SEED = 5
HEADER = ["occurrenceID", "scientificName", "decimalLatitude", "decimalLongitude", "eventDate"]
# The public rows of the export, made inside the store: only reading them is measured.
FILL = """insert into released_occurrence
select gen_random_uuid(), gen_random_uuid(), null, 1, 'wild', false, 'accepted_considered_correct',
    t.taxon_id, t.scientific_name, t.vernacular_name, t.english_name, t.group_code, null,
    30.0 + (n % 1000) / 5000.0, 120.0 + (n % 977) / 5000.0, 10, date '2026-05-09', '330106',
    '87309a426ffffff', '89309a426b7ffff', null, 0, null
from range({rows}) as r(n)
join (select *, row_number() over (order by taxon_id) - 1 as k from taxon
      where sensitive_category is null) as t on t.k = r.n % 400"""


def measure(full: bool = False) -> Iterator[Measurement]:
    """Import, then export, each beside its floor."""
    rows = FULL_ROWS if full else ROWS
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as name:
        folder = Path(name)
        survey = _survey(folder / "survey.csv", rows)
        yield from _pair("import", rows, _import, _copy, folder, survey)
        yield from _pair("export", rows, _export, _write_csv, folder, survey)


def _pair(
    name: str, rows: int, ours: Callable[..., Any], floor: Callable[..., Any], *inputs: object
) -> Iterator[Measurement]:
    seconds, megabytes = _apart(ours, rows, *inputs)
    floor_seconds, floor_megabytes = _apart(floor, rows, *inputs)
    rates = rows / seconds, rows / floor_seconds
    yield Measurement(f"dwca: {name}", *rates, "rows/s", rows)
    yield Measurement(f"dwca: {name}, peak memory", megabytes, floor_megabytes, "MB", rows)


def _apart(work: Callable[..., float], *inputs: object) -> tuple[float, float]:
    """Run in a new process; gives the seconds of the work itself, and peak resident megabytes."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_timed, (work, inputs))


def _timed(work: Callable[..., float], inputs: tuple[object, ...]) -> tuple[float, float]:
    seconds = work(*inputs)
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _survey(path: Path, rows: int) -> Path:
    dice = random.Random(SEED)
    names = [row["scientific_name"] for row in read_seed("taxa.csv")]
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            place = f"{dice.uniform(30.0, 30.4):.5f}", f"{dice.uniform(119.5, 120.3):.5f}"
            day = f"202{dice.randint(0, 3)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
            writer.writerow([f"HZ-{number}", dice.choice(names), *place, day])
    return path


def _import(rows: int, folder: Path, survey: Path) -> float:
    store = open_store(f"duckdb:///{folder / 'import.duckdb'}")
    person, now = Person(role=Role.ADMIN), datetime.now(UTC)
    started = time.perf_counter()
    import_survey(store, survey, ImportOptions(), person, now, no_progress)
    seconds = time.perf_counter() - started
    store.close()
    return seconds


def _copy(rows: int, folder: Path, survey: Path) -> float:
    connection = duckdb.connect(str(folder / "copy.duckdb"))
    connection.execute(
        "create table survey (id text, name text, latitude double, longitude double, day date)"
    )
    started = time.perf_counter()
    connection.execute(f"copy survey from '{survey}' (header)")
    seconds = time.perf_counter() - started
    connection.close()
    return seconds


def _export(rows: int, folder: Path, survey: Path) -> float:
    path = folder / "export.duckdb"
    open_store(f"duckdb:///{path}").close()
    with duckdb.connect(str(path)) as connection:
        connection.execute(FILL.format(rows=rows))
    store = open_store(f"duckdb:///{path}")
    started = time.perf_counter()
    with (folder / "ours.zip").open("wb") as stream:
        write_archive(store, stream, "https://luji.example", date(2026, 5, 9), no_progress)
    seconds = time.perf_counter() - started
    store.close()
    return seconds


def _write_csv(rows: int, folder: Path, survey: Path) -> float:
    cells = [f"cell {number}" for number in range(len(CORE))]
    started = time.perf_counter()
    with (
        zipfile.ZipFile(folder / "floor.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("occurrence.txt", "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, "utf-8", newline="") as text,
    ):
        writer = csv.writer(text, delimiter="\t")
        for number in range(rows):
            writer.writerow([number, *cells])
    return time.perf_counter() - started
