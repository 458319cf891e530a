"""Starts: refused in one sentence, and short after a kill."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.engines import duckdb as engine_module
from db.opening import open_store
from observations.base.roles import NOBODY
from observations.log.entries import LogEntry
from tests.browser.server import ROOT, Server
from tests.pages.api.phone import Phone
from tests.support.ports import free_port
from tests.support.sightings import phone


def refused_start(home: Path, **environment: str) -> tuple[int, list[str]]:
    """The exit code of a server that does not start, and the lines it wrote."""
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
        + ["--server.headless", "true", "--server.port", str(free_port())],
        cwd=ROOT,
        env=os.environ | {"LUJI_HOME": str(home)} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_a_refused_start_is_one_sentence_and_ends_the_process(tmp_path: Path) -> None:
    for environment, words in (
        ({"LUJI_DATABASE_URL": "mysql://x"}, "use duckdb:///PATH or postgresql://"),
        ({"LUJI_SECRET": "short"}, "at least 32 characters"),
        ({"LUJI_DATABASE_URL": "duckdb:////proc/1/none/luji.duckdb"}, "/proc/1/none"),
    ):
        code, lines = refused_start(tmp_path / "home", **environment)

        assert code != 0
        assert not any("Traceback" in line for line in lines), lines
        assert len([line for line in lines if words in line]) == 1, lines


def test_in_a_quiet_minute_the_log_is_written_into_the_file(
    duckdb_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(duckdb_url.removeprefix("duckdb:///"))
    log = path.with_name(path.name + ".wal")
    store = open_store(duckdb_url)
    for _ in range(200):
        last = phone(store)
    assert log.stat().st_size > engine_module.WORTH_A_CHECKPOINT

    assert not store.checkpoint_when_quiet()  # somebody wrote a moment ago
    monkeypatch.setattr(engine_module, "QUIET_S", 0.0)
    assert store.checkpoint_when_quiet()

    assert not log.exists() or log.stat().st_size < 1024
    assert not store.checkpoint_when_quiet()
    assert store.people.consent_of(last) is not None
    store.close()


def test_a_server_that_ends_leaves_no_log_to_execute_again(duckdb_url: str) -> None:
    path = Path(duckdb_url.removeprefix("duckdb:///"))
    store = open_store(duckdb_url)
    last = phone(store)
    store.close()
    assert not path.with_name(path.name + ".wal").exists()
    store = open_store(duckdb_url)
    assert store.people.consent_of(last) is not None
    assert store.damages() == []
    store.close()


def test_a_phones_record_is_taken_where_the_servers_clock_is_behind(tmp_path: Path) -> None:
    """The store knows a later moment than the server's clock: as after a start in the past."""
    home, ahead = tmp_path / "home", datetime.now(UTC) + timedelta(days=30)
    home.mkdir()
    store = open_store(f"duckdb:///{home / 'luji.duckdb'}")
    with store.transaction() as tx:
        tx.log.add(LogEntry("staff.signed_in", None, NOBODY, ahead))
    store.close()
    server = Server(home).start()
    try:
        record = Phone(server.url).record(event_date=(ahead + timedelta(days=1)).isoformat())
        assert record.status_code == 201, record.text
    finally:
        server.stop()
