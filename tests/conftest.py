"""What all tests share: stores on both engines, settings, the site for AppTest, the closing count.

In `tests/support/`: the people of the tests (`cast.py`), sightings (`sightings.py`), photographs
(`photographs.py`).
"""

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from observations.base.settings import Settings, load_settings
from tests.browser.server import Server
from tests.support.once import made_once, shared_folder

# Imported where they are used: a test of the rules alone opens no database and no page.
if TYPE_CHECKING:
    from db.store import Store
    from tests.support.postgres import PostgreSQL
    from tests.support.site import Site

pytest_plugins = ["tests.support.layers"]


@pytest.fixture(scope="session")
def postgres() -> "Iterator[PostgreSQL]":
    """The PostgreSQL server of this run."""
    from tests.support.postgres import PostgreSQL

    server = PostgreSQL()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres: "PostgreSQL") -> str:
    """Name of a migrated database to copy."""
    from db.opening import open_store
    from tests.support.postgres import name_of

    url = postgres.database_url()
    open_store(url).close()
    return name_of(url)


@pytest.fixture(scope="session")
def duckdb_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    from db.opening import open_store

    return made_once(
        tmp_path_factory, "luji.duckdb", lambda path: open_store(f"duckdb:///{path}").close()
    )


@pytest.fixture(scope="session", autouse=True)
def _compressed_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All servers of the run share what one of them has compressed."""
    Server.compressed = shared_folder(tmp_path_factory) / "precompressed"
    Server.compressed.mkdir(exist_ok=True)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo's half-year: 3,000 sightings. To be copied, not served."""
    from tests.browser.signing_in import fill_with_demo

    return made_once(tmp_path_factory, "demo", fill_with_demo)


@pytest.fixture
def duckdb_url(duckdb_template: Path, tmp_path: Path) -> str:
    """A migrated DuckDB of this test's own, not opened."""
    path = tmp_path / "luji.duckdb"
    shutil.copyfile(duckdb_template, path)
    return f"duckdb:///{path}"


@pytest.fixture
def postgresql_url(postgres: "PostgreSQL", postgres_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this test's own, not opened."""
    url = postgres.database_url(postgres_template)
    yield url
    postgres.drop(url)


@pytest.fixture(params=["duckdb", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """A migrated database on each engine in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="module", params=["duckdb", "postgresql"])
def module_store_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The same for all tests of a module, which do not change what they share."""
    if request.param == "duckdb":
        path = tmp_path_factory.mktemp("shared") / "luji.duckdb"
        shutil.copyfile(request.getfixturevalue("duckdb_template"), path)
        yield f"duckdb:///{path}"
        return
    server = request.getfixturevalue("postgres")
    url = server.database_url(request.getfixturevalue("postgres_template"))
    yield url
    server.drop(url)


@pytest.fixture
def store(store_url: str) -> "Iterator[Store]":
    """An open store on each engine in turn; at the end every invariant must hold."""
    yield from _kept_whole(store_url)


@pytest.fixture
def duckdb_store(duckdb_url: str) -> "Iterator[Store]":
    """An open store on DuckDB alone; at the end every invariant must hold."""
    yield from _kept_whole(duckdb_url)


def _kept_whole(url: str) -> "Iterator[Store]":
    from db.opening import open_store

    opened = open_store(url)
    try:
        yield opened
        assert opened.broken_invariants() == {}
    finally:
        opened.close()


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., Settings]:
    """`settings(is_demo=True)`: settings with a home of this test's own, changed as asked."""

    def make(**changes: Any) -> Settings:
        return dataclasses.replace(load_settings({"LUJI_HOME": str(tmp_path / "home")}), **changes)

    return make


@pytest.fixture
def site(
    tmp_path: Path, duckdb_template: Path, monkeypatch: pytest.MonkeyPatch
) -> "Iterator[Site]":
    """The pages without a browser; see `tests/support/site.py`. This test has its own store."""
    from tests.support.site import Site

    home = tmp_path / "home"
    home.mkdir()
    shutil.copyfile(duckdb_template, home / "luji.duckdb")
    monkeypatch.setenv("LUJI_HOME", str(home))
    monkeypatch.setenv("LUJI_DEMO", "1")
    monkeypatch.delenv("LUJI_DATABASE_URL", raising=False)
    opened = Site(home, monkeypatch)
    yield opened
    opened.close()


@pytest.fixture
def shared() -> Path:
    """The folder of LUJI_TEST_SHARED; mark the test `needs_shared`."""
    from tests.support.layers import SHARED

    return SHARED
