"""DuckDB: one process, one file, one writer at a time, a cursor a read."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from aiosql.adapters.duckdb import DuckDBAdapter

from db.engines.fair_lock import FairLock

TEXT = "delimiter ',', quote '\"', escape '\"', nullstr '\\N'"  # NULL is \N without quotes


class _Open:
    """A connection that ignores close(), so that a transaction outlives each statement."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def close(self) -> None:
        """Nothing: whoever opened the connection closes it."""


class InTransaction(DuckDBAdapter):
    """aiosql's adapter, on the connection itself: its own cursor would leave the transaction."""

    def _cursor(self, conn: Any) -> Any:
        return _Open(conn)


class DuckDB:
    """The engine of one file. Two in one process would be two writers: `open_store` keeps one."""

    name = "duckdb"
    adapter = InTransaction
    errors: tuple[type[Exception], ...] = (duckdb.Error,)

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FairLock()
        self._readers = 0
        self._is_swapping = False
        self._gate = threading.Condition()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._root: Any = self._connect()

    def _connect(self) -> Any:
        root = duckdb.connect(str(self._path))
        root.execute("set global TimeZone = 'UTC'")
        # the first rows of an order are picked before their other columns are read, pages of a
        # thousand too: 68 ms so 9 at a million rows (the default: up to 50 rows)
        root.execute("set global late_materialization_max_rows = 1001")
        # so many keys of a join find their rows by an index; more, and the column is read whole
        root.execute("set global dynamic_or_filter_threshold = 1000")
        return root

    @staticmethod
    def is_conflict(error: Exception) -> bool:
        """Two writers cannot meet behind the lock; one that says so is believed. A key that was
        free when it was looked for before the transaction may be taken by now."""
        if isinstance(error, duckdb.ConstraintException):
            return "uplicate key" in str(error)
        return isinstance(error, duckdb.TransactionException) and "onflict" in str(error)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A cursor of its own, which costs 3 microseconds; waits while the file is swapped."""
        with self._gate:
            self._gate.wait_for(lambda: not self._is_swapping)
            self._readers += 1
        try:
            cursor = self._root.cursor()
            try:
                yield cursor
            finally:
                cursor.close()
        finally:
            with self._gate:
                self._readers -= 1
                self._gate.notify_all()

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """The one writer's transaction."""
        with self._lock.turn(), self.reading() as cursor:
            cursor.execute("begin transaction")
            try:
                yield cursor
            except BaseException:  # Streamlit's rerun and stop are BaseException
                cursor.execute("rollback")
                raise
            cursor.execute("commit")

    @contextmanager
    def migrating(self) -> Iterator[Any]:
        """The file's lock already keeps every other process out."""
        with self._lock.turn(), self.reading() as cursor:
            yield cursor

    @contextmanager
    def snapshot(self) -> Iterator[Any]:
        """A transaction beside the writer's: DuckDB keeps the versions that it sees."""
        with self.reading() as cursor:
            cursor.execute("begin transaction")
            try:
                yield cursor
            finally:
                cursor.execute("rollback")

    def tables(self, connection: Any) -> list[str]:
        """The names of all tables, by name."""
        sql = "select table_name from duckdb_tables() where schema_name = 'main' order by 1"
        return [row[0] for row in connection.execute(sql).fetchall()]

    def dump(self, connection: Any, table: str, path: Path) -> int:
        """Write a table to a file; how many rows."""
        options = f"format csv, header, {TEXT}, force_quote *"
        sql = f"copy (select * from {table}) to '{path}' ({options})"
        count: int = connection.execute(sql).fetchone()[0]
        return count

    def fill(self, connection: Any, table: str, path: Path) -> None:
        """Read such a file into an empty table, column by name."""
        with path.open(encoding="utf-8", newline="") as file:
            columns = file.readline().strip().replace('"', "")
        connection.execute(
            f"copy {table} ({columns}) from '{path}' "
            f"(format csv, header, {TEXT}, allow_quoted_nulls false, auto_detect false, "
            "max_line_size 10000000)"
        )

    def compact(self) -> None:
        """Copy the store into a new file and put it in the old one's place.

        DuckDB keeps erased bytes in its file; only `copy from database` drops them. The copy is
        complete and synced before it takes the old one's name, so a kill leaves one or the other.
        """
        fresh = self._path.with_suffix(".compact")
        with self._lock.turn():
            fresh.unlink(missing_ok=True)
            with self.reading() as cursor:
                source = cursor.execute("select current_database()").fetchone()[0]
                cursor.execute(f"attach '{fresh}' as compact")
                cursor.execute(f'copy from database "{source}" to compact')
                cursor.execute("detach compact")
            with self._nobody_reading():
                # an open cursor would keep the old file alive, and `connect` would give it back
                self._root.close()
                fresh.replace(self._path)
                self._path.with_name(self._path.name + ".wal").unlink(missing_ok=True)
                self._root = self._connect()

    @contextmanager
    def _nobody_reading(self) -> Iterator[None]:
        with self._gate:
            self._is_swapping = True
            self._gate.wait_for(lambda: self._readers == 0)
        try:
            yield
        finally:
            with self._gate:
                self._is_swapping = False
                self._gate.notify_all()

    def close(self) -> None:
        """Close the file; a clean close writes the log into it."""
        self._root.close()
