"""While the disk can only be read, or PostgreSQL is stopped, every route and page is asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import Server
from tests.faults.disks import failing_disk, make_read_only
from tests.faults.walk import Walk
from tests.support.health import health_of
from tests.support.postgres import PostgreSQL


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Walk]:
    """A server whose disk fails once it has been at work there."""
    with failing_disk(tmp_path / "disk", 3000) as disk:
        server = Server(disk / "home", LUJI_DEMO="1")
        server.log_file = tmp_path / "server.log"
        try:
            walk = Walk.prepared(server.start())
            make_read_only(disk)
            yield walk
        finally:
            server.stop()


@pytest.fixture
def without_postgresql(tmp_path: Path) -> Iterator[Walk]:
    """A server whose PostgreSQL is stopped once it has been at work there."""
    postgres = PostgreSQL()
    url = postgres.database_url()
    server = Server(tmp_path / "home", LUJI_DEMO="1", LUJI_DATABASE_URL=url)
    try:
        walk = Walk.prepared(server.start())
        postgres.pause()
        yield walk
    finally:
        server.stop()
        postgres.stop()


@pytest.mark.parametrize("fault", ["read_only", "without_postgresql"])
def test_every_route_answers_calmly(fault: str, request: pytest.FixtureRequest) -> None:
    walk: Walk = request.getfixturevalue(fault)

    walk.check_routes()

    assert walk.phone.record().status_code == 503
    health = health_of(walk.server)
    assert health.status_code == 503
    assert set(health.json()["failing"]) <= {"database", "writing"}


@pytest.mark.soak
@pytest.mark.parametrize("fault", ["read_only", "without_postgresql"])
def test_every_page_is_drawn_or_says_calmly_that_it_is_not(
    fault: str, request: pytest.FixtureRequest
) -> None:
    walk: Walk = request.getfixturevalue(fault)
    walk.check_pages()
