"""Databases that are to be filled whole: by a restore, by a move."""

from collections.abc import Iterator
from contextlib import contextmanager

from db.engines.engine import wrapped
from db.engines.of_url import duckdb_path, engine_of
from db.whole_files import remove_database, sync_folder
from observations.base.settings import RESTORING


def is_empty(url: str) -> bool:
    """Whether a database has no table, or is not there; `StorageError` where it is in use."""
    path = duckdb_path(url)
    if path and not path.exists():
        return not path.with_name(path.name + ".wal").exists()
    engine = engine_of(url)
    try:
        with wrapped(engine), engine.reading() as connection:
            return not engine.tables(connection)
    finally:
        engine.close()


@contextmanager
def fresh_database(url: str) -> Iterator[str]:
    """The database to fill: of a DuckDB file a new one, which takes its place at the end."""
    path = duckdb_path(url)
    if path is None:
        yield url
        return
    fresh = path.with_name(f"{path.name}.{RESTORING}")
    remove_database(fresh)
    try:
        yield f"duckdb:///{fresh}"
        remove_database(path)  # nothing is in it
        fresh.replace(path)
        sync_folder(path.parent)
    finally:
        remove_database(fresh)
