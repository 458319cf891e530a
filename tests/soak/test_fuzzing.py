"""Chance as a visitor and as a publisher, for as long as is allowed: nothing breaks, nothing grows.

`LUJI_TEST_SOAK_SECONDS` (3600) is for all of it; `LUJI_TEST_SEED` repeats a run: a failure names
the seed and the round, and each round has dice of its own.
"""

import gc
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from ipaddress import IPv4Address
from pathlib import Path

import pytest
import requests

from db.opening import open_store
from db.store import Store
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import OPERATOR, Person, Role
from observations.exchange.survey_import import ImportOptions, import_survey
from observations.exchange.taxon_list import import_list
from observations.places.importing import import_places
from observations.verification.decisions import Verdict
from tests.browser.server import Server
from tests.pages.api.phone import Phone, noise_jpeg
from tests.support import fuzz_files
from tests.support.fuzz_requests import KINDS_OF_REQUEST, Visitor
from tests.support.memory import tree_megabytes
from tests.support.sightings import NOW, phone, record, said
from tests.support.store_rows import every_row
from tests.support.survey_files import csv_file

pytestmark = pytest.mark.soak
SECONDS = float(os.environ.get("LUJI_TEST_SOAK_SECONDS", "3600"))
SEED = int(os.environ.get("LUJI_TEST_SEED", str(date.today().toordinal())))
WARM = 150  # rounds after which memory is as in use
GROWTH_MB = 120
LOOK_EVERY = 25
# By how their names begin: the one row that says that names have changed, and the map's sums.
REPLACED = ("taxon_stamp", "map_")
Say = Callable[[str], None]
Rows = dict[str, list[str]]
ADMIN = Person(staff_id=new_id(), role=Role.ADMIN)


@pytest.fixture
def say(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Say:
    """Says what was done, though nothing failed."""
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")

    def write(line: str) -> None:
        with capsys.disabled():
            reporter.write_line(f"\n{line}")

    return write


def gone(before: Rows, after: Rows) -> Rows:
    """The rows that are no longer there, by table."""
    lost = {table: sorted(set(rows) - set(after[table])) for table, rows in before.items()}
    return {table: rows for table, rows in lost.items() if rows and not table.startswith(REPLACED)}


def rounds(seconds: float) -> Iterator[tuple[int, random.Random]]:
    """Numbers and dice until the time is over."""
    number, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        yield number, random.Random(f"{SEED}-{number}")
        number += 1


def test_whatever_is_asked_is_answered_and_nothing_of_it_stays_in_memory(
    tmp_path: Path, say: Say
) -> None:
    """Pictures, records, questions, addresses and forms: no 5xx, no failure in the log.

    What was there before is there afterwards, row by row, and memory is what it was.
    """
    server = Server(tmp_path / "home", LUJI_DEMO="1", LUJI_TRUSTED_PROXIES="127.0.0.1 ::1")
    try:
        before = _with_a_witness(server)
        grown = _ask(server, say)
    finally:
        server.stop()
    store = open_store(f"duckdb:///{server.home / 'luji.duckdb'}")
    try:
        after, broken = every_row(store), store.broken_invariants()
    finally:
        store.close()
    assert broken == {}, SEED
    assert gone(before, after) == {}, SEED
    assert grown < GROWTH_MB, (SEED, grown)


def _with_a_witness(server: Server) -> Rows:
    """The rows of somebody who recorded something before; the server runs again afterwards."""
    server.start()
    witness = Phone(server.url)
    sent = witness.upload(noise_jpeg())
    assert witness.record(photos=[sent.json()["upload_id"]]).status_code == 201
    server.stop()
    store = open_store(f"duckdb:///{server.home / 'luji.duckdb'}")
    try:
        rows = every_row(store)
    finally:
        store.close()
    server.start()
    return rows


def _ask(server: Server, say: Say) -> float:
    """Ask until the time is over; gives the megabytes that the server has grown by."""
    visitor, statuses, warm = Visitor(server.url), Counter[str](), 0.0
    for number, dice in rounds(SECONDS / 2):
        kind = dice.choice(list(KINDS_OF_REQUEST))
        visitor = visitor.renewed()
        network = IPv4Address(0x0A000000 + number)
        visitor.phone.session.headers["X-Forwarded-For"] = str(network)
        where = f"seed {SEED}, round {number}: {kind}"
        try:
            answer = KINDS_OF_REQUEST[kind](visitor.phone, dice)
        except requests.RequestException as error:
            raise AssertionError(where) from error
        where += f" {answer.request.method} {answer.url[:300]}"
        assert answer.status_code < 500, f"{where}: {answer.status_code} {answer.text[:300]}"
        statuses[f"{kind} {answer.status_code}"] += 1
        if number % LOOK_EVERY == 0:
            assert server.failures() == [], where
        if number == WARM:
            warm = tree_megabytes(server.process_id)
    assert visitor.phone.get("/healthz").status_code == 200
    grown = tree_megabytes(server.process_id) - (warm or tree_megabytes(server.process_id))
    say(f"seed {SEED}: {number + 1} requests, {grown:+.0f} MB, {dict(sorted(statuses.items()))}")
    return grown


def test_whatever_file_is_imported_takes_no_row_from_another(
    store: Store, tmp_path: Path, say: Say
) -> None:
    """Archives, tables, lists of taxa and places, on both engines.

    A file is refused or read; what is read has the place of its own row; what others brought and
    what citizens recorded stays as it was; memory is what it was.
    """
    said(store, record(store, phone(store)), Verdict.ACCEPT)
    import_survey(store, csv_file(tmp_path, name="before.csv"), ImportOptions(), ADMIN, NOW)
    before = every_row(store)
    outcomes, warm, number = Counter[str](), 0.0, 0
    for number, dice in rounds(SECONDS / 4):
        kind = dice.choice(list(IMPORTS))
        outcomes[f"{kind} {_import(store, kind, dice, tmp_path, number)}"] += 1
        if number % LOOK_EVERY == 0:
            _require_kept(store, before, number)
        if number == WARM:
            warm = _own_megabytes()
    grown = _own_megabytes() - (warm or _own_megabytes())
    say(f"seed {SEED}: {number + 1} files, {grown:+.0f} MB, {dict(sorted(outcomes.items()))}")
    _require_kept(store, before, number)
    assert grown < GROWTH_MB, (SEED, grown)


def _import(store: Store, kind: str, dice: random.Random, folder: Path, number: int) -> str:
    made, take = IMPORTS[kind][0](dice), IMPORTS[kind][1]
    path = folder / made.name
    path.write_bytes(made.data)
    try:
        take(store, path, dice)
    except Refused as refused:
        return refused.code
    except Exception as error:
        raise AssertionError(f"seed {SEED}, round {number}: {kind} {made.name}") from error
    if kind == "survey" and made.is_legible:
        _require_own_places(store, number)
    return "taken"


def _take_survey(store: Store, path: Path, dice: random.Random) -> None:
    options = ImportOptions(code="fuzz", skips_problems=True, replaces=True)
    import_survey(store, path, options, ADMIN, NOW)


def _take_taxa(store: Store, path: Path, dice: random.Random) -> None:
    import_list(store, ADMIN, path.name, path.read_bytes(), NOW)


def _take_places(store: Store, path: Path, dice: random.Random) -> None:
    import_places(store, OPERATOR, path.read_bytes(), NOW, is_dry_run=dice.random() < 0.3)


Make = Callable[[random.Random], fuzz_files.Made]
Take = Callable[[Store, Path, random.Random], None]
IMPORTS: dict[str, tuple[Make, Take]] = {
    "survey": (fuzz_files.survey, _take_survey),
    "taxa": (fuzz_files.taxa, _take_taxa),
    "places": (fuzz_files.places, _take_places),
}


def _require_own_places(store: Store, number: int) -> None:
    question = "select occurrence_id, decimal_latitude, decimal_longitude from survey_occurrence"
    with store._engine.snapshot() as connection:
        rows = connection.execute(question).fetchall()
    for occurrence_id, *place in rows:
        own = fuzz_files.OWN.fullmatch(occurrence_id)
        if own:
            expected = fuzz_files.place_of(int(own[1]))
            where = f"seed {SEED}, round {number}: {occurrence_id} at {place}"
            assert tuple(place) == pytest.approx(expected, abs=1e-6), where


def _require_kept(store: Store, before: Rows, number: int) -> None:
    assert gone(before, every_row(store)) == {}, f"seed {SEED}, round {number}"


def _own_megabytes() -> float:
    gc.collect()
    return tree_megabytes(os.getpid())
