"""The engine that a database's URL names."""

from pathlib import Path

from db.engines.duckdb import DuckDB
from db.engines.engine import Engine
from db.engines.postgresql import PostgreSQL
from observations.base.errors import StorageError


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
