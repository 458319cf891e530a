"""PostgreSQL stops under a running server: calm answers at once, and service again by itself."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import requests

from db.engines import postgresql
from db.engines.engine import wrapped
from db.opening import open_store
from observations.base.errors import StorageError
from tests.browser.server import Server
from tests.pages.api.phone import Phone
from tests.support.health import health_of
from tests.support.postgres import PostgreSQL
from tests.support.waits import eventually

AT_ONCE_S, HEALTH_S, BACK_S = 1.0, 0.25, 30.0  # /healthz: 0.1 s on a machine with nothing to do


@pytest.fixture
def own_postgres() -> Iterator[PostgreSQL]:
    """A PostgreSQL that only this test stops."""
    server = PostgreSQL()
    yield server
    server.stop()


def timed(url: str, **options: object) -> tuple[int, float]:
    """The status of a request, and how many seconds it took."""
    start = time.monotonic()
    answer = requests.get(url, timeout=60, **options)  # type: ignore[arg-type]
    return answer.status_code, time.monotonic() - start


def test_a_database_that_takes_no_writes_is_said_and_passes(
    own_postgres: PostgreSQL, tmp_path: Path
) -> None:
    url = own_postgres.database_url()
    server = Server(tmp_path / "home", LUJI_DATABASE_URL=url).start()
    try:
        phone = Phone(server.url)
        with psycopg.connect(url, autocommit=True) as operator:
            for read_only, status, failing in (("on", 503, ["writing"]), ("off", 201, None)):
                operator.execute(f"alter system set default_transaction_read_only = {read_only}")
                operator.execute("select pg_reload_conf()")
                eventually(lambda status=status: phone.record().status_code == status)
                health = health_of(server).json()
                assert health.get("failing") == failing
        assert '"reason": "cannot execute' in server.log()
    finally:
        server.stop()


def test_a_statement_that_hangs_is_ended_and_its_connection_goes_on(
    own_postgres: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = own_postgres.database_url()
    open_store(url).close()
    monkeypatch.setattr(postgresql, "LONGEST_STATEMENT", "200ms")
    monkeypatch.setattr(postgresql, "POOL_SIZE", 1)
    engine = postgresql.PostgreSQL(url)
    try:
        for connected in (engine.reading, engine.writing):
            with (
                pytest.raises(StorageError, match="statement timeout"),
                wrapped(engine),
                connected() as connection,
            ):
                connection.execute("select pg_sleep(60)")
            with engine.reading() as connection:
                assert connection.execute("select 1").fetchone() == (1,)
        with engine.snapshot() as connection:  # a backup takes as long as it takes
            connection.execute("select pg_sleep(0.4)")
    finally:
        engine.close()


def test_with_postgresql_down_answers_are_quick_and_calm_and_it_recovers(
    own_postgres: PostgreSQL, tmp_path: Path
) -> None:
    server = Server(tmp_path / "home", LUJI_DATABASE_URL=own_postgres.database_url()).start()
    try:
        phone = Phone(server.url)
        assert phone.record().status_code == 201
        own_postgres.pause()
        timed(f"{server.url}/api/v1/occurrences")  # finds out

        with ThreadPoolExecutor(40) as crowd:
            records = crowd.map(lambda _: phone.record(), range(10))
            pages = crowd.map(lambda _: timed(f"{server.url}/api/v1/boards/points"), range(30))
            health = [timed(f"{server.url}/healthz") for _ in range(10)]

        assert {answer.status_code for answer in records} == {503}
        assert all(status in (200, 503) for status, _ in pages)
        assert {status for status, _ in health} == {503}
        assert sorted(took for _, took in health)[5] < HEALTH_S
        alone = [timed(f"{server.url}/api/v1/boards/satisfaction") for _ in range(5)]
        assert max(took for _, took in alone) < AT_ONCE_S
        assert '"reason": "PostgreSQL is down"' in server.log() and "Traceback" not in server.log()

        own_postgres.resume()
        start = time.monotonic()
        while timed(f"{server.url}/healthz")[0] != 200:
            assert time.monotonic() - start < BACK_S
        assert phone.record().status_code == 201
    finally:
        server.stop()
