"""Opening a store: its engine, migrations and reference data."""

from pathlib import Path

from db.engines.duckdb import DuckDB
from db.engines.engine import Engine
from db.engines.postgresql import PostgreSQL
from db.migrating import migrate, migrations
from db.seeding import fill_skeletons, give_first_replies, seed
from db.store import Store
from observations.base.errors import StorageError


def open_store(url: str) -> Store:
    """Open a store, apply migrations and load reference data.

    `url` is `duckdb:///PATH` (`duckdb:////PATH` is absolute) or `postgresql://…`. Raises
    `StorageError` with what to do about it.
    """
    engine = engine_of(url)
    try:
        migrate(engine, migrations())
        store = Store(engine)
        seed(store)
        give_first_replies(store)
        fill_skeletons(store)
    except BaseException:
        engine.close()
        raise
    return store


def engine_of(url: str) -> Engine:
    """The engine of a database, opened and left as it is. Raises `StorageError`."""
    scheme = url.partition("://")[0]
    try:
        if path := duckdb_path(url):
            return DuckDB(path)
        if scheme in ("postgresql", "postgres"):
            return PostgreSQL(url)
    except (*DuckDB.errors, *PostgreSQL.errors) as error:
        raise StorageError(str(error)) from error
    raise StorageError(f"{scheme or url}: use duckdb:///PATH or postgresql://…")


def duckdb_path(url: str) -> Path | None:
    """The file of a DuckDB; None for another engine."""
    scheme, _, rest = url.partition("://")
    return Path(rest.removeprefix("/")) if scheme == "duckdb" else None
