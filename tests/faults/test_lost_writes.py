"""What was acknowledged and is gone is told at the start and by `check`; else nothing is told."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.opening import open_store
from db.photos import open_photos
from observations.base.errors import StorageError
from observations.commands.checking import check
from tests.browser.server import ROOT
from tests.support.sightings import phone

WRITES = 40
WRITE_AND_DIE = f"""
import os, sys
from db.opening import open_store
from tests.support.sightings import phone
store = open_store(sys.argv[1])
for _ in range({WRITES}):
    phone(store)
os.kill(os.getpid(), 9)
"""


def flip_head(log: Path) -> None:
    data = bytearray(log.read_bytes())
    data[3] ^= 1
    log.write_bytes(data)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "its head is damaged": flip_head,
    "its head is zeroed": lambda log: log.write_bytes(bytes(4096) + log.read_bytes()[4096:]),
    "it is cut": lambda log: os.truncate(log, log.stat().st_size // 2),
    "it is empty": lambda log: os.truncate(log, 0),
    "it is gone": Path.unlink,
}


def write_and_die(url: str) -> None:
    done = subprocess.run([sys.executable, "-c", WRITE_AND_DIE, url], cwd=ROOT, timeout=60)
    assert done.returncode == -signal.SIGKILL


def beside(url: str, ending: str) -> Path:
    path = Path(url.removeprefix("duckdb:///"))
    return path.with_name(path.name + ending)


def told(url: str, tmp_path: Path) -> list[str]:
    store = open_store(url)
    try:
        return check(store, open_photos(f"file://{tmp_path}/photos"))
    finally:
        store.close()


def test_a_log_that_lost_acknowledged_writes_is_told_until_somebody_has_seen_to_it(
    duckdb_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_and_die(duckdb_url)
    log, file = beside(duckdb_url, ".wal"), beside(duckdb_url, "")
    before = {path: path.read_bytes() for path in (log, file, beside(duckdb_url, ".written"))}
    for damage, harm in DAMAGE.items():
        for path, data in before.items():
            path.write_bytes(data)
        harm(log)
        caplog.clear()
        [words] = told(duckdb_url, tmp_path)
        assert f"up to {WRITES} acknowledged writes are missing" in words, damage
        assert "storage.lost" in caplog.text, damage
        assert told(duckdb_url, tmp_path) == [words]
        beside(duckdb_url, ".lost").unlink()
        assert told(duckdb_url, tmp_path) == []
    copies = {path.read_bytes() for path in file.parent.glob("*.wal.*")}
    assert any(len(copy) == len(before[log]) for copy in copies)


def test_a_kill_loses_nothing_and_nothing_is_told(duckdb_url: str, tmp_path: Path) -> None:
    for _ in range(2):
        write_and_die(duckdb_url)
        assert told(duckdb_url, tmp_path) == []


def test_a_missing_file_beside_its_log_is_not_made_anew(duckdb_url: str, tmp_path: Path) -> None:
    write_and_die(duckdb_url)
    file = beside(duckdb_url, "")
    aside = file.rename(tmp_path / "aside")
    for ending in ("", ".wal"):
        beside(duckdb_url, ending).unlink(missing_ok=True)
        with pytest.raises(StorageError, match=f"{file} is missing"):
            open_store(duckdb_url)
        assert not file.exists()
    aside.rename(file)
    assert len(told(duckdb_url, tmp_path)) == 1  # now the log is what is missing


def test_an_older_copy_is_told(duckdb_url: str, tmp_path: Path) -> None:
    file = beside(duckdb_url, "")
    open_store(duckdb_url).close()
    older = file.read_bytes()
    for _ in range(2):
        store = open_store(duckdb_url)
        phone(store)
        store.close()
    file.write_bytes(older)
    [words] = told(duckdb_url, tmp_path)
    assert "older than what was acknowledged" in words


def test_a_compaction_and_a_checkpoint_lose_nothing(duckdb_url: str, tmp_path: Path) -> None:
    store = open_store(duckdb_url)
    phone(store)
    store.compact()
    phone(store)
    assert store.damages() == []
    store.close()
    assert told(duckdb_url, tmp_path) == []
