"""Move: the rows of one database into another, the photo files of one place into another.

Rows come over in one transaction, of one moment, while others read and write; photos one by one.
Each table and each photo is read back and compared. `moving-…` in the data folder stands from the
first write to the last, so that the same command goes on after a kill and nothing else is touched.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from db.backup import MIGRATIONS, Progress
from db.empty_places import fresh_database, is_empty
from db.engines.engine import Engine, wrapped
from db.engines.of_url import duckdb_path, engine_of
from db.migrating import RECORD, applied, apply, migrations, transaction
from db.whole_files import sync_folder, write_whole
from observations.base.errors import StorageError
from observations.media.hashing import sha256_of
from observations.media.store import PhotoFiles, PhotoSize

NOT_EMPTY = "the target is not empty; move into an empty one"
WHOLE = 2**256
Fingerprint = tuple[int, int]


def absolute(url: str) -> str:
    """A URL that means the same in every folder: of a DuckDB with the whole path."""
    path = duckdb_path(url)
    return f"duckdb:///{path.resolve()}" if path else url


def move_database(source: str, target: str, home: Path, progress: Progress) -> dict[str, int]:
    """Move the rows of a database that this process has not opened; as `move_rows`."""
    path = duckdb_path(source)
    if path and not path.is_file():
        raise StorageError(f"there is no database at {path}")
    _require_two(source, target)
    engine = engine_of(source)
    try:
        return move_rows(engine, source, target, home, progress)
    finally:
        engine.close()


def move_rows(
    engine: Engine, source: str, target: str, home: Path, progress: Progress
) -> dict[str, int]:
    """Move the rows of an open database into the empty one at `target`; gives those of each table.

    All or nothing, as of one moment. Raises `StorageError` for a target that is in use or not
    empty, unless it holds the very rows that a killed move of these two brought there; where the
    migrations are not the program's; where a table came over differently.
    """
    _require_two(source, target)
    mark = _Mark(home, source, target)
    with wrapped(engine), engine.snapshot() as reading:
        _require_migrations(engine, reading)
        if is_empty(target):
            mark.begin()
            with fresh_database(target) as url:
                with mark.folder() as folder:
                    counts = _copy(engine, reading, url, folder, progress)
                if duckdb_path(target) and not is_empty(target):
                    raise StorageError(NOT_EMPTY)  # a server started on it meanwhile
        else:
            mark.require()
            counts = _compare(engine, reading, target, progress)
    mark.end()
    return counts


def move_photos(
    source: PhotoFiles, target: PhotoFiles, home: Path, today: date, progress: Progress
) -> int:
    """Copy every photo file and whose they are; gives the number of files.

    What is at the target already, whole, is not written again. What was erased from the source
    since a move that was killed is set aside at the target. Raises `StorageError` for a target
    that is not empty and no such move's, and for a file that reads back differently.
    """
    _require_two(str(source), str(target))
    mark, owner = _Mark(home, str(source), str(target)), source.owner()
    if not owner and not any(True for _ in source.names()):
        raise StorageError(f"there are no photos at {source}")  # or its disk is not mounted
    if target.owner() or any(True for _ in target.names()):
        mark.require()
    mark.begin()
    if owner:
        target.belong_to(owner)
    done: set[tuple[str, PhotoSize]] = set()
    while fresh := set(source.names()) - done:  # others go on uploading
        for number, name in enumerate(sorted(fresh), start=1):
            _copy_photo(source, target, *name)
            progress("photos", number, len(fresh))
        done |= fresh
    for sha256 in {name for name, _ in target.names()} - {name for name, _ in source.names()}:
        target.set_aside(sha256, today)
    mark.end()
    return len(done)


def _copy_photo(source: PhotoFiles, target: PhotoFiles, sha256: str, size: PhotoSize) -> None:
    data = source.get(sha256, size)
    if data is None or _digest(target.get(sha256, size)) == _digest(data):
        return  # erased meanwhile, or there already
    target.put(sha256, size, data)
    if _digest(target.get(sha256, size)) != _digest(data):
        raise StorageError(f"photo {sha256}-{size} reads back differently from {target}")


def _digest(data: bytes | None) -> str | None:
    return None if data is None else sha256_of(data)


def _require_two(source: str, target: str) -> None:
    if absolute(source).rstrip("/") == absolute(target).rstrip("/"):
        raise StorageError("source and target are the same")


def _require_migrations(engine: Engine, reading: Any) -> None:
    ours = {migration.number: migration.checksum for migration in migrations()}
    if MIGRATIONS not in engine.tables(reading) or applied(reading) != ours:
        raise StorageError(
            "the source's migrations are not those of this program; "
            "start the program of this version on it once, then move"
        )


def _copy(
    engine: Engine, reading: Any, url: str, folder: Path, progress: Progress
) -> dict[str, int]:
    """Schema and rows in one transaction, each table compared before it is committed."""
    other = engine_of(url)
    try:
        with wrapped(other), other.migrating() as writing, transaction(writing):
            if other.tables(writing):
                raise StorageError(NOT_EMPTY)
            writing.execute(RECORD)
            for migration in migrations():
                apply(writing, migration, other.name)

            def bring(table: str) -> None:
                path = folder / f"{table}.csv"
                writing.execute(f"delete from {table}")  # a migration may have put rows there
                engine.dump(reading, table, path)
                other.fill(writing, table, path)
                path.unlink()

            return _each_table(engine, reading, other, writing, bring, progress)
    finally:
        other.close()


def _compare(engine: Engine, reading: Any, url: str, progress: Progress) -> dict[str, int]:
    other = engine_of(url)
    try:
        with wrapped(other), other.snapshot() as there:
            return _each_table(engine, reading, other, there, lambda _table: None, progress)
    finally:
        other.close()


def _each_table(
    engine: Engine,
    reading: Any,
    other: Engine,
    there: Any,
    bring: Callable[[str], None],
    progress: Progress,
) -> dict[str, int]:
    """Bring each table over and compare the two; gives the rows of each."""
    tables = [table for table in engine.tables(reading) if table != MIGRATIONS]
    counts = {}
    for number, table in enumerate(tables, start=1):
        bring(table)
        here = fingerprint(engine, reading, table)
        if fingerprint(other, there, table) != here:
            raise StorageError(f"table {table} is not the same at the target; nothing was moved")
        counts[table] = here[0]
        progress("rows", number, len(tables))
    return counts


def fingerprint(engine: Engine, connection: Any, table: str) -> Fingerprint:
    """The number of a table's rows and a sum of their SHA-256, whatever engine and order."""
    names = connection.execute(
        "select column_name from information_schema.columns "
        f"where table_schema = current_schema() and table_name = '{table}' order by 1"
    ).fetchall()
    columns = ", ".join(f'"{name}"' for (name,) in names)
    count = total = 0
    for row in engine.stream(connection, f"select {columns} from {table}"):
        text = repr([_same(value) for value in row]).encode("utf-8", "surrogatepass")
        total = (total + int.from_bytes(hashlib.sha256(text).digest())) % WHOLE
        count += 1
    return count, total


def _same(value: object) -> object:
    """A value as both drivers give it: their zones for UTC differ."""
    if isinstance(value, datetime):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


class _Mark:
    """`moving-…` in the data folder: a move of these two has begun and is not at its end."""

    def __init__(self, home: Path, source: str, target: str) -> None:
        both = f"{absolute(source)} {absolute(target)}"
        self._path = home / f"moving-{sha256_of(both.encode())[:16]}"

    def require(self) -> None:
        """Raises `StorageError` where no move of these two was cut off."""
        if not self._path.exists():
            raise StorageError(NOT_EMPTY)

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A folder for rows on their way; what a kill left there is deleted first."""
        folder = self._path.with_suffix(".rows")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)

    def begin(self) -> None:
        """The first write follows."""
        write_whole(self._path, b"")

    def end(self) -> None:
        """All is there."""
        self._path.unlink(missing_ok=True)
        sync_folder(self._path.parent)
