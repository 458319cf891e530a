"""A database that an older version wrote opens with its rows, on both engines, and is in order.

A city is lived in with today's program; what of it a database of the first N migrations can hold
(its own tables, its own columns) is written there as it was, then opened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from db.backup import back_up
from db.engines.engine import Engine
from db.engines.of_url import engine_of
from db.migrating import migrate, migrations
from db.opening import open_store
from db.photos import open_photos
from db.restoring import restore
from db.store import Store
from observations.actions.entries import ActionReport
from observations.actions.recording import submit as log_action
from observations.base.clock import day_of
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.commands.checking import check
from observations.exchange.survey_import import ImportOptions, import_survey, no_progress
from observations.media.store import PhotoFiles
from observations.people.joining import choose_boards, choose_home_district
from observations.places.districts import DISTRICTS
from observations.points.team_steps import make_team
from observations.points.teams import TeamKind
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.responses import Questionnaire
from observations.satisfaction.submission import submit as answer
from observations.satisfaction.wave_steps import open_wave
from observations.satisfaction.waves import Wave
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from tests.support.photographs import hangzhou_jpeg
from tests.support.sightings import NOW, observer_of, phone, photo, record, said
from tests.support.survey_files import csv_file

SECRET = b"0123456789abcdef0123456789abcdef"
ADMIN = Person(staff_id=new_id(), role=Role.ADMIN)
PHEASANT = taxon_id_of("Syrmaticus ellioti")  # category 2
# What a start writes by itself: an older version wrote its own.
OWN = {"schema_migration", "reference_data", "taxon_stamp", "publication"}
# Lists that the program brings with it: a newer program brings more of them.
SEEDED = {"taxon", "taxon_name", "action", "new_record", "official_score", "site", "reply"}
# Rows that are added up: how many they are says nothing.
ADDED_UP = {"map_count"}
# The desk decides and the ledger pays in one transaction: none had the one without the other.
DECIDED, LEDGER = {"decision", "released_occurrence"}, "posting"
UNDECIDED = {
    "verification_status": "unconfirmed",
    "release_status": "pending",
    "decision_id": None,
    "is_waiting": True,
}
COUNT = len(migrations())
# The newest on both engines, as each was when it was the newest; of those before every fourth.
OLDER = [n for n in range(1, COUNT + 1) if n > COUNT - 8 or n % 4 == 1]
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Lived:
    """Rows by table and column, as today's program wrote them, and the photos they name."""

    columns: dict[str, list[str]]
    rows: dict[str, Rows]
    photos: PhotoFiles


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("lived")
    photos = open_photos(f"file://{folder}/photos")
    store = open_store(f"duckdb:///{folder}/luji.duckdb")
    _live(store, photos, folder)
    assert check(store, photos) == []
    engine = store._engine
    with engine.snapshot() as connection:
        columns = _columns(connection)
        columns = {t: columns[t] for t in engine.tables(connection) if t not in OWN}
        rows = {t: connection.execute(_rows_of(t)).fetchall() for t in columns}
    store.close()
    return Lived(columns, rows, photos)


def _live(store: Store, photos: PhotoFiles, folder: Path) -> None:
    """Fill a store with some of each kind.

    A photographed heron that was accepted, one that waits, a pheasant whose place is rough, a ride
    by metro, an answer, a team, a survey.
    """
    device_id = phone(store)
    upload = photo(store, photos, device_id, hangzhou_jpeg())
    said(store, record(store, device_id, photos=[str(upload)], note="在柳树上"), Verdict.ACCEPT)
    record(store, device_id)
    said(store, record(store, device_id, taxon_id=str(PHEASANT)), Verdict.ACCEPT)
    choose_boards(store, device_id, True, NOW)
    choose_home_district(store, device_id, "330106", DISTRICTS, NOW)
    make_team(store, observer_of(store, device_id), "拱墅三小", TeamKind.SCHOOL, NOW)
    ride = ActionReport(new_id(), "TRV-METRO", Decimal(1), day_of(NOW))
    log_action(store, ride, device_id, NOW)
    open_wave(store, ADMIN, Wave(2026, 2), NOW, version=1)
    said_there = Questionnaire({Dimension.NOISE: 1, Dimension.OVERALL: 2}, "夜里有施工")
    answer(store, SECRET, device_id, "330106", said_there, NOW)
    import_survey(store, csv_file(folder), ImportOptions(), ADMIN, NOW)


def _columns(connection: Any) -> dict[str, list[str]]:
    """The columns of each table, in their order."""
    columns: dict[str, list[str]] = {}
    for table, column in connection.execute(
        "select table_name, column_name from information_schema.columns"
        " order by table_name, ordinal_position"
    ).fetchall():
        columns.setdefault(table, []).append(column)
    return columns


def _rows_of(table: str) -> str:
    """All rows; of the long lists of species those that somebody saw: an old list was shorter."""
    if table in {"taxon", "taxon_name"}:
        return f"select * from {table} where taxon_id in (select taxon_id from occurrence)"
    return f"select * from {table}"


@pytest.fixture(params=["duckdb", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty place on each engine."""
    if request.param == "duckdb":
        yield f"duckdb:///{tmp_path}/old.duckdb"
        return
    server = request.getfixturevalue("postgres")
    url = server.database_url()
    yield url
    server.drop(url)


def as_it_was(url: str, lived: Lived, count: int) -> tuple[Engine, dict[str, int]]:
    """A database of the first `count` migrations with what it could hold; rows by table."""
    engine = engine_of(url)
    migrate(engine, migrations()[:count])
    mark = "?" if engine.name == "duckdb" else "%s"
    written = {}
    with engine.writing() as connection:
        for table, columns, rows in _held(connection, set(engine.tables(connection)), lived):
            marks = ", ".join([mark] * len(columns))
            statement = f"insert into {table} ({', '.join(columns)}) values ({marks})"
            cursor = connection.cursor() if engine.name == "postgresql" else connection
            cursor.execute(f"delete from {table}")  # what a migration put there
            if rows:
                cursor.executemany(statement, rows)
            written[table] = len(rows)
    return engine, written


def _held(connection: Any, there: set[str], lived: Lived) -> Iterator[tuple[str, list[str], Rows]]:
    """Of each table the columns that the database has, and the rows cut to them."""
    has_ledger = LEDGER in there
    columns = _columns(connection)
    for table in there & set(lived.columns) - (set() if has_ledger else DECIDED):
        shared = [name for name in lived.columns[table] if name in columns[table]]
        instead = UNDECIDED if table == "review" and not has_ledger else {}
        rows = []
        for row in lived.rows[table]:
            cells = dict(zip(lived.columns[table], row, strict=True)) | instead
            rows.append(tuple(cells[name] for name in shared))
        yield table, shared, rows


@pytest.mark.parametrize("count", OLDER)
def test_a_database_of_each_older_migration_opens_with_its_rows(
    lived: Lived, empty_url: str, tmp_path: Path, count: int
) -> None:
    engine, written = as_it_was(empty_url, lived, count)
    engine.close()
    store = open_store(empty_url)
    try:
        no_photos = open_photos(f"file://{tmp_path}/none")
        photos = lived.photos if "media" in written else no_photos
        assert check(store, photos) == []
        with store._engine.snapshot() as connection:
            for table in set(written) - SEEDED - ADDED_UP:
                row = connection.execute(f"select count(*) from {table}").fetchone()
                assert (table, row[0]) == (table, written[table])
    finally:
        store.close()


@pytest.mark.parametrize("count", [2, 4, 8, COUNT - 2, COUNT])
def test_a_backup_of_an_older_version_is_restored(lived: Lived, tmp_path: Path, count: int) -> None:
    engine, written = as_it_was(f"duckdb:///{tmp_path}/old.duckdb", lived, count)
    back_up(engine, lived.photos, SECRET, tmp_path / "b.zip", NOW, no_progress)
    engine.close()
    url, photos = f"duckdb:///{tmp_path}/new.duckdb", open_photos(f"file://{tmp_path}/photos")
    counts = restore(url, photos, tmp_path / "secret", tmp_path / "b.zip", no_progress)
    store = open_store(url)
    try:
        assert check(store, photos) == []
        assert {table: counts[table] for table in written} == written
        assert counts["photos"] == (1 if "media" in written else 0)
    finally:
        store.close()


def test_points_of_before_the_boards_stand_on_them(lived: Lived, empty_url: str) -> None:
    """The board's table came with 0012; what was earned before is on it."""
    earlier = [m.number for m in migrations()].index(12)
    engine, _ = as_it_was(empty_url, lived, earlier)
    engine.close()
    store = open_store(empty_url)
    try:
        with store._engine.snapshot() as connection:
            whole = "select holder_id, points from tally where period = 'all'"
            told = connection.execute(whole).fetchall()
        columns = lived.columns["tally"]
        tallies = [dict(zip(columns, row, strict=True)) for row in lived.rows["tally"]]
        people = [r for r in tallies if r["period"] == "all" and r["holder_kind"] == "person"]
        expected = [(r["holder_id"], r["points"]) for r in people]
        assert [(UUID(str(row[0])), row[1]) for row in told] == expected
        assert expected[0][1] > 0
    finally:
        store.close()


def test_answers_of_the_first_questionnaire_keep_their_scores(lived: Lived, empty_url: str) -> None:
    """Migration 0013 rebuilt the tables; an answer of before counts as one of questionnaire 1."""
    earlier = [m.number for m in migrations()].index(13)
    engine, _ = as_it_was(empty_url, lived, earlier)
    engine.close()
    store = open_store(empty_url)
    try:
        with store._engine.snapshot() as connection:
            statement = "select noise, overall, reason, questionnaire, tier, drain from response"
            [row] = connection.execute(statement).fetchall()
        assert tuple(row) == (1, 2, "夜里有施工", 1, "self_declared", None)
    finally:
        store.close()
