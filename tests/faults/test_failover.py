"""PostgreSQL is killed under load, its standby takes over: what was acknowledged is there once."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from db.photos import FolderOfPhotos
from tests.browser.server import Server
from tests.support.crowd import AWAY, Crowd
from tests.support.postgres import PostgreSQL

WRITES = 60  # before the fault, and after it


@pytest.fixture
def primary() -> Iterator[PostgreSQL]:
    server = PostgreSQL(durable=True)
    yield server
    server.stop()


@pytest.fixture
def standby(primary: PostgreSQL) -> Iterator[PostgreSQL]:
    server = PostgreSQL(durable=True, follows=primary)
    yield server
    server.stop()


def test_a_standby_takes_over_and_nothing_acknowledged_is_missing(
    primary: PostgreSQL, standby: PostgreSQL, tmp_path: Path
) -> None:
    url = primary.database_url()
    both = url.replace(primary.address, f"{primary.address},{standby.address}")
    server = Server(
        tmp_path / "home",
        LUJI_DATABASE_URL=f"{both}?target_session_attrs=read-write",
        LUJI_TRUSTED_PROXIES="127.0.0.1,::1",
    ).start()
    crowd = Crowd(server.url, again=AWAY)
    try:
        crowd.wait_for(WRITES)
        primary.kill()
        standby.promote()
        begun = monotonic()
        crowd.wait_for(1)
        away = monotonic() - begun
        crowd.wait_for(WRITES)
    finally:
        crowd.end()
        server.stop()
    files = FolderOfPhotos(tmp_path / "home" / "photos")
    crowd.require_whole(url.replace(primary.address, standby.address), files)
    print(  # noqa: T201 - the figures of the table in docs/operations.md
        f"\n{len(crowd.acknowledged)} acknowledged, none lost; away {away:.1f} s after promotion"
    )
