"""Large tables of PostgreSQL are rewritten beside readers and writers; here all are large."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from db.engines import table_rewrite
from db.opening import open_store
from db.photos import open_photos
from db.store import Store
from observations.base.errors import StorageError
from observations.people.joining import choose_nickname
from observations.privacy.erasing import erase
from tests.support.postgres import PostgreSQL
from tests.support.sightings import NOW, phone, record
from tests.support.waits import eventually
from tests.support.writing import writing

NOTE, NICKNAME = "只写给核实员的一句话 zq9", "湖边的zq9小名"
COPY = table_rewrite._TableCopy
MADE = "select relname from pg_class where relname like 'compacting%'"
# What a table is besides its rows.
SHAPE = """select 'column', concat(table_name, ' ', column_name, ' ', data_type, ' ', is_nullable)
        from information_schema.columns where table_schema = current_schema()
    union all select 'index', indexdef from pg_indexes where schemaname = current_schema()
    union all select 'view', concat(viewname, definition) from pg_views
        where schemaname = current_schema()
    union all select 'constraint', concat(conrelid::regclass, conname, pg_get_constraintdef(oid))
        from pg_constraint where connamespace = current_schema()::regnamespace
    union all select 'may', concat(table_name, grantee, privilege_type)
        from information_schema.role_table_grants where table_schema = current_schema()
    union all select 'options', concat(relname, reloptions) from pg_class
        where relnamespace = current_schema()::regnamespace and relkind in ('r', 'v')
    union all select 'trigger', tgname from pg_trigger
    order by 1, 2"""
KILLED = """
import os, signal, sys
from db.engines import table_rewrite
from db.opening import open_store
table_rewrite.LARGE = 0
die = lambda self: os.kill(os.getpid(), signal.SIGKILL)
setattr(table_rewrite._TableCopy, sys.argv[2], die)
open_store(sys.argv[1]).compact()
"""


ADVISORY = "select 1 from pg_locks where locktype = 'advisory'"
FILE = "select oid, relfilenode from pg_class where oid = 'consent'::regclass"
CHANGING = ("occurrence", "observer", "device", "log_entry", "tally")
GATE_HELD = """select 1 from pg_locks where mode = 'ExclusiveLock'
    and relation = 'schema_migration'::regclass"""
QUOTED = """select 1 from pg_stats
    where attname = 'note' and strpos(most_common_vals::text, 'zq9') > 0"""
WAITS = """select backend_xmin from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()"""
WRITE = """insert into consent
    values (gen_random_uuid(), gen_random_uuid(), '1', true, 'CC BY 4.0', now())"""
EXTRAS = (
    """create trigger audit before update on consent for each row
        execute function suppress_redundant_updates_trigger()""",
    "create materialized view summary as select version from consent",
    "alter table consent enable row level security",
    "create publication everything for all tables",
    "create policy all_rows on consent using (true)",
    "create table tie (consent_id uuid references consent)",
    "alter table consent alter column version set statistics 500",
)


@pytest.fixture(autouse=True)
def _every_table_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_rewrite, "LARGE", 0)


@pytest.fixture
def url(postgres: PostgreSQL) -> Iterator[str]:
    """A database whose owner may no more than that."""
    url = postgres.database_url()
    with psycopg.connect(url, autocommit=True) as admin:
        name = admin.info.dbname
        if not admin.execute("select 1 from pg_roles where rolname = 'plain'").fetchone():
            admin.execute("create role plain login; create role onlooker")
        admin.execute(f"alter database {name} owner to plain")
    yield url.replace("luji@", "plain@")
    postgres.drop(url)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open store of that database; at the end every invariant must hold."""
    opened = open_store(url)
    yield opened
    assert opened.broken_invariants() == {}
    opened.close()


@pytest.fixture
def admin(url: str, store: Store) -> Iterator[psycopg.Connection[Any]]:
    """Somebody else's session in that database, who may do everything."""
    with psycopg.connect(url.replace("plain@", "luji@"), autocommit=True) as connection:
        yield connection


def files_of(admin: psycopg.Connection[Any]) -> bytes:
    """Every byte of the database's files."""
    admin.execute("checkpoint")
    row = admin.execute("""select current_setting('data_directory'), oid from pg_database
        where datname = current_database()""").fetchone()
    assert row is not None
    folder = Path(row[0]) / "base" / str(row[1])
    return b"".join(file.read_bytes() for file in folder.iterdir())


def rows_of(connection: Any, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table."""
    rows: list[tuple[Any, ...]] = connection.execute(
        f"select t::text from {table} as t order by 1"
    ).fetchall()
    return rows


def rewritten(store: Store, table: str) -> None:
    """Rewrite that table alone."""
    with (
        store._engine.migrating() as gate,
        psycopg.connect(gate.info.dsn, autocommit=True) as other,
    ):
        table_rewrite.rewrite_all(gate, other, [table])


def at(monkeypatch: pytest.MonkeyPatch, step: str, action: Callable[[str], object]) -> None:
    """Let `action` happen to each table before that step of its copy."""
    original = getattr(COPY, step)

    def changed(copy: Any) -> Any:
        action(copy._table.strip('"'))
        return original(copy)

    monkeypatch.setattr(COPY, step, changed)


def test_erased_bytes_leave_every_file_while_others_write(
    store: Store, admin: psycopg.Connection[Any], tmp_path: Path
) -> None:
    device = phone(store)
    for _ in range(3):
        record(store, device, note=NOTE)
    choose_nickname(store, device, NICKNAME, NOW)
    admin.execute("analyze")
    assert admin.execute(QUOTED).fetchone()  # the planner's statistics
    there = files_of(admin)
    assert NOTE.encode() in there and NICKNAME.encode() in there

    erase(store, open_photos(f"file://{tmp_path / 'photos'}"), b"s" * 32, device, NOW)
    with writing(store) as took:
        store.compact()

    assert len(took) > 1
    left = files_of(admin)
    assert NOTE.encode() not in left and NICKNAME.encode() not in left
    assert admin.execute("select count(*) from consent").fetchone() == (len(took),)


def test_a_table_has_all_it_had_before(store: Store, admin: psycopg.Connection[Any]) -> None:
    record(store, phone(store))
    admin.execute("grant select on occurrence, public_occurrence to onlooker with grant option")
    admin.execute("alter table event set (autovacuum_vacuum_scale_factor = 0.05)")
    admin.execute("alter view public_occurrence set (security_invoker = on)")
    tables = store._engine.tables(admin)
    store.compact()  # the server words a view a little differently the second time
    shape = admin.execute(SHAPE).fetchall()
    rows = {table: rows_of(admin, table) for table in tables}

    store.compact()

    assert admin.execute(SHAPE).fetchall() == shape
    assert {table: rows_of(admin, table) for table in tables} == rows
    assert admin.execute(MADE).fetchall() == []


def test_what_changes_after_the_copy_is_copied_again(
    store: Store, admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    files = open_photos(f"file://{tmp_path / 'photos'}")
    leaving = {table: phone(store) for table in CHANGING}
    expected: dict[str, list[tuple[Any, ...]]] = {}

    def change(table: str) -> None:
        if table in leaving:
            record(store, phone(store), note=table)
            record(store, leaving[table])
            choose_nickname(store, leaving[table], f"小名{table}", NOW)
            erase(store, files, b"s" * 32, leaving[table], NOW)
            expected[table] = rows_of(admin, table)

    at(monkeypatch, "_follow", change)
    for table in CHANGING:
        rewritten(store, table)
        assert rows_of(admin, table) == expected[table]


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_a_transaction_with_an_older_snapshot_keeps_its_rows(
    store: Store, admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch, level: str
) -> None:
    record(store, phone(store))
    monkeypatch.setattr(table_rewrite, "TRIES", 1)
    with admin.transaction():
        admin.execute(f"set transaction isolation level {level}")
        admin.execute("select 1 from pg_class")  # no table of the store is locked by it
        record(store, phone(store))
        for table in ("consent", "occurrence"):
            with pytest.raises(StorageError, match=f"{admin.info.backend_pid} .* old snapshot"):
                rewritten(store, table)
            assert len(rows_of(admin, table)) == 1
    store.compact()


def test_a_snapshot_taken_after_the_copy_sees_its_rows(
    store: Store, admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    phone(store)
    at(monkeypatch, "_follow", lambda _: admin.execute("select 1 from pg_class"))
    with admin.transaction():
        admin.execute("set transaction isolation level repeatable read")
        rewritten(store, "consent")
        assert len(rows_of(admin, "consent")) == 1


def test_a_row_that_others_write_at_the_last_moment_is_not_lost(
    store: Store, admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    original = COPY._copy_changed

    def changed(copy: Any) -> int:
        count = original(copy)
        if admin.execute(GATE_HELD).fetchone() and not rows_of(admin, "consent"):
            admin.execute(WRITE)  # somebody who does not ask for the lock of this program's writers
        return count

    monkeypatch.setattr(COPY, "_copy_changed", changed)
    rewritten(store, "consent")
    assert len(rows_of(admin, "consent")) == 1


def test_a_table_altered_meanwhile_stays_as_it_is(
    store: Store, admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    phone(store)
    at(monkeypatch, "_follow", lambda _: admin.execute("create index later on consent (version)"))
    with pytest.raises(StorageError, match="altered"):
        rewritten(store, "consent")
    assert admin.execute("select to_regclass('later') is not null").fetchone() == (True,)
    assert len(rows_of(admin, "consent")) == 1


@pytest.mark.parametrize("step", ["_copy", "_follow", "_require_alone"])
def test_a_kill_leaves_the_table_whole_and_the_next_start_cleans(
    store: Store, url: str, admin: psycopg.Connection[Any], step: str
) -> None:
    phone(store)
    done = subprocess.run([sys.executable, "-c", KILLED, url, step], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert admin.execute(MADE).fetchall()
    eventually(lambda: admin.execute(ADVISORY).fetchall() == [])

    phone(store)
    open_store(url).close()

    assert admin.execute(MADE).fetchall() == []
    assert len(rows_of(admin, "consent")) == 2
    store.compact()
    assert len(rows_of(admin, "consent")) == 2


@pytest.mark.parametrize("extra", EXTRAS)
def test_what_somebody_added_to_a_table_stays(
    store: Store, admin: psycopg.Connection[Any], extra: str
) -> None:
    phone(store)
    admin.execute(extra)
    (table, file) = admin.execute(FILE).fetchone() or ()
    rewritten(store, "consent")
    (table_after, file_after) = admin.execute(FILE).fetchone() or ()
    assert table_after == table and file_after != file
    assert len(rows_of(admin, "consent")) == 1


def test_every_table_that_grows_can_be_copied(store: Store, admin: psycopg.Connection[Any]) -> None:
    tables = set(store._engine.tables(admin))
    with store._engine.migrating() as owner:
        assert [t for t in tables if owner.execute(table_rewrite.EXTRAS, (t,)).fetchone()] == []
    without = {t for t in tables if not admin.execute(table_rewrite.KEY, (t,)).fetchone()}
    assert without == {"publication", "store_identity", "taxon_stamp"}  # a row each


def test_a_writer_who_waits_for_the_names_has_no_snapshot_yet(
    store: Store, admin: psycopg.Connection[Any]
) -> None:
    writer = threading.Thread(target=phone, args=(store,))
    with admin.transaction():
        admin.execute("lock table schema_migration in exclusive mode")
        writer.start()
        eventually(lambda: admin.execute(WAITS).fetchall() == [(None,)])
    writer.join()
    assert len(rows_of(admin, "consent")) == 1
