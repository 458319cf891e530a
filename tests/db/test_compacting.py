"""What was erased leaves the files beside people who read and write; on both engines."""

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from db.opening import open_store
from db.photos import open_photos
from db.store import Store
from observations.base.errors import StorageError
from observations.privacy.compacting import TOGETHER, compact_when_due, has_left_the_files
from observations.privacy.erasing import erase
from tests.support.sightings import NOW, phone, record
from tests.support.writing import writing

TAKE_THE_LOCK = """
import fcntl, sys
fcntl.lockf(open(sys.argv[1], "rb+"), fcntl.LOCK_EX | fcntl.LOCK_NB)
"""
NOTE = "只写给核实员的一句话 zq8"


def write(store: Store) -> None:
    """One durable write."""
    phone(store)


def consents(store: Store) -> int:
    """How many browsers have consented."""
    with store._engine.reading() as connection:
        return int(connection.execute("select count(*) from consent").fetchone()[0])


def test_erased_bytes_leave_the_file_while_others_write(
    duckdb_store: Store, duckdb_url: str, tmp_path: Path
) -> None:
    path = Path(duckdb_url.removeprefix("duckdb:///"))
    device = phone(duckdb_store)
    record(duckdb_store, device, note=NOTE)
    erase(duckdb_store, open_photos(f"file://{tmp_path / 'photos'}"), b"s" * 32, device, NOW)
    assert not has_left_the_files(duckdb_store.privacy, NOW)
    before = consents(duckdb_store)

    assert not compact_when_due(duckdb_store, NOW + timedelta(minutes=5))
    with writing(duckdb_store) as took:
        assert compact_when_due(duckdb_store, NOW + TOGETHER)

    assert consents(duckdb_store) == before + len(took) and len(took) > 1
    left = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert NOTE.encode() not in left
    assert has_left_the_files(duckdb_store.privacy, NOW)
    assert not compact_when_due(duckdb_store, NOW + timedelta(hours=2))


def test_what_was_written_during_a_compaction_is_there_after_a_restart(duckdb_url: str) -> None:
    store = open_store(duckdb_url)
    with writing(store) as took:
        store.compact()
    count = consents(store)
    store.close()

    again = open_store(duckdb_url)
    assert consents(again) == count >= len(took) > 0
    again.close()


def test_a_reader_who_stays_holds_nobody_back(duckdb_store: Store) -> None:
    engine, is_done = duckdb_store._engine, threading.Event()
    with engine.reading():
        compaction = threading.Thread(target=lambda: (duckdb_store.compact(), is_done.set()))
        compaction.start()
        for _ in range(20):
            write(duckdb_store)
        assert not is_done.wait(1)
    assert is_done.wait(20)
    compaction.join()
    assert consents(duckdb_store) == 20


@pytest.mark.parametrize("is_renamed", [False, True])
def test_a_kill_between_the_two_files_loses_nothing(duckdb_url: str, is_renamed: bool) -> None:
    path = Path(duckdb_url.removeprefix("duckdb:///"))
    store = open_store(duckdb_url)
    write(store)
    store.close()
    copy, log = path.with_suffix(".compact"), path.with_name(path.name + ".wal")
    copy.write_bytes(path.read_bytes())
    path.with_suffix(".swapping").touch()
    if is_renamed:
        copy.replace(path)
        log.write_bytes(b"of the file before")

    again = open_store(duckdb_url)
    assert consents(again) == 1
    again.close()
    left = {path.name, path.name + ".written"}
    assert {file.name for file in path.parent.glob("luji.*")} == left


def test_other_processes_stay_away_from_the_file(
    duckdb_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, path = open_store(duckdb_url), duckdb_url.removeprefix("duckdb:///")

    def is_locked() -> bool:
        command = [sys.executable, "-c", TAKE_THE_LOCK, path]
        return subprocess.run(command, capture_output=True).returncode != 0

    assert is_locked()
    write(store)
    assert store.damages() == []
    assert is_locked()
    store.compact()
    assert is_locked()
    monkeypatch.setattr("db.engines.duckdb.SWAPS", 1)
    with store._engine.reading(), pytest.raises(StorageError, match="too busy"):
        store.compact()
    assert is_locked()
    store.checkpoint_when_quiet()
    assert is_locked()
    store.close()
    assert not is_locked()


def test_a_compaction_that_fails_leaves_the_store_as_it_is(
    duckdb_store: Store, duckdb_url: str
) -> None:
    path = Path(duckdb_url.removeprefix("duckdb:///"))
    write(duckdb_store)
    path.with_suffix(".compact").mkdir()

    with pytest.raises((StorageError, OSError)):
        duckdb_store.compact()

    path.with_suffix(".compact").rmdir()
    write(duckdb_store)
    assert consents(duckdb_store) == 2
    duckdb_store.compact()
    assert consents(duckdb_store) == 2


def test_two_processes_do_not_rewrite_the_same_tables(postgresql_url: str) -> None:
    store = open_store(postgresql_url)
    with store._engine.migrating() as other:
        other.execute("select pg_advisory_lock(7306152)")
        with pytest.raises(StorageError, match="another process"):
            store.compact()
    store.compact()
    store.close()
