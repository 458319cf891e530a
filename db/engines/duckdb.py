"""DuckDB: one process, one file, one writer at a time, a cursor a read."""

import logging
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from db.engines.acknowledged import Acknowledged
from db.engines.blocks import damaged_blocks
from db.engines.database_file import descriptor_of
from db.engines.duckdb_cursors import InTransaction, Recorded, Statements
from db.engines.fair_lock import FairLock
from db.whole_files import remove_database, sync_folder
from observations.base.errors import StorageError

TEXT = "delimiter ',', quote '\"', escape '\"', nullstr '\\N'"  # NULL is \N without quotes
DEAD = (duckdb.FatalException, duckdb.InternalException)  # the open database has failed
ROOM_TO_OPEN = 8 * 1024 * 1024  # bytes beside the log, which opening writes into the file
QUIET_S, WORTH_A_CHECKPOINT = 10.0, 64 * 1024
REOPEN_EVERY_S = 1.0
LONGEST_STOP_S = 0.1  # how long a swap of files may make others wait
SWAP_EVERY_S, SWAPS = 0.5, 1200
OWNER_ONLY, OTHERS_NOTHING = 0o600, 0o077
ROWS_AT_ONCE = 2048
BATCH = 32  # transactions that a compaction repeats while others wait for their turn to write
MOST_STATEMENTS = 20_000  # that a compaction repeats on its copy; an import makes more


class _IsBusy(StorageError):
    """Somebody is still reading."""


class DuckDB:
    """The engine of one file. A second one in the process would be a second writer."""

    name = "duckdb"
    adapter = InTransaction
    errors: tuple[type[Exception], ...] = (duckdb.Error,)

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FairLock()
        self._readers = 0
        self._is_swapping = False
        self._is_dead, self._reopened_at = False, 0.0
        self._wrote_at = 0.0
        self._gate = threading.Condition()
        self._compacting = threading.Lock()
        self._journal: list[Statements] | None = None
        os.umask(OTHERS_NOTHING)  # DuckDB makes its log anew after every checkpoint
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._acknowledged = Acknowledged(path)
        self._end_swap()
        self._root: Any = self._open()
        with suppress(PermissionError):  # another owner's
            path.chmod(OWNER_ONLY)

    @property
    def _log_file(self) -> Path:
        return self._path.with_name(self._path.name + ".wal")

    def _log_bytes(self) -> int:
        return self._log_file.stat().st_size if self._log_file.exists() else 0

    def _open(self) -> Any:
        """Open the file, with a word on what was acknowledged and is not there any more."""
        if words := self._acknowledged.compare():
            logging.getLogger("luji").error("storage.lost %s", words)
        root = self._connect(self._path)
        self._acknowledged.begin()
        return root

    @staticmethod
    def _connect(path: Path) -> Any:
        root = duckdb.connect(str(path))
        root.execute("set global TimeZone = 'UTC'")
        # an ordered read selects its first rows before it reads their other columns, up to pages of
        # a thousand: 9 instead of 68 ms at a million rows (by default up to 50 rows)
        root.execute("set global late_materialization_max_rows = 1001")
        # a join of so many keys reads rows by an index; one of more reads the whole column
        root.execute("set global dynamic_or_filter_threshold = 1000")
        return root

    @staticmethod
    def is_conflict(error: Exception) -> bool:
        """Whether the error is a conflict of two transactions.

        Writers wait for each other, so conflicts are rare; but a key that was free when a use case
        read it before its transaction may be taken by now.
        """
        if isinstance(error, duckdb.ConstraintException):
            return "uplicate key" in str(error)
        return isinstance(error, duckdb.TransactionException) and "onflict" in str(error)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A new cursor (3 microseconds); waits while the files are swapped.

        A database that a failed checkpoint ended is opened again first, once the disk has room.
        """
        with self._gate:
            self._gate.wait_for(lambda: not self._is_swapping)
            if self._is_dead:
                self._reopen()
            self._readers += 1
        try:
            cursor = self._root.cursor()
            try:
                yield cursor
            finally:
                cursor.close()
        except DEAD:
            self._is_dead = True
            raise
        finally:
            with self._gate:
                self._readers -= 1
                self._gate.notify_all()

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """A cursor in a transaction, one at a time."""
        with self._lock.turn(), self.reading() as cursor:
            cursor.execute("begin transaction")
            recorded = Recorded(cursor) if self._journal is not None else None
            try:
                yield recorded or cursor
            except BaseException:  # Streamlit's rerun and stop are BaseException
                with suppress(duckdb.Error):  # the first error is the one to report
                    cursor.execute("rollback")
                raise
            cursor.execute("commit")
            self._acknowledged.add()
            self._wrote_at = time.monotonic()
            if recorded and self._journal is not None:
                self._journal.append(recorded.statements)

    def checkpoint_when_quiet(self) -> bool:
        """Write the log into the file if nothing was written for `QUIET_S`; gives whether it did.

        After a kill the next start executes the log again, which takes up to seconds a megabyte.
        Raises `StorageError` where the disk has no room: a checkpoint that fails would end the open
        database.
        """
        log = self._log_bytes()
        if log < WORTH_A_CHECKPOINT or time.monotonic() < self._wrote_at + QUIET_S:
            return False
        self._checkpoint(log)
        return True

    def _checkpoint(self, log: int) -> None:
        """Write the log, of so many bytes, into the file if there is room to."""
        self._require_room(log + ROOM_TO_OPEN)
        with self._lock.turn(), self.reading() as cursor:
            cursor.execute("checkpoint")
            self._acknowledged.begin()

    def _reopen(self) -> None:
        """Open the file again; the caller holds the gate.

        At most once a second, and only when the last reader of the failed database has left; else
        raises `StorageError`.
        """
        if self._readers or time.monotonic() < self._reopened_at + REOPEN_EVERY_S:
            raise StorageError("the database failed and is being opened anew")
        self._reopened_at = time.monotonic()
        self._require_room(self._log_bytes() + ROOM_TO_OPEN)
        with suppress(duckdb.Error):
            self._root.close()
        self._root = self._open()
        self._is_dead = False
        logging.getLogger("luji").warning("storage.reopened")

    def _require_room(self, needed: int) -> None:
        free = shutil.disk_usage(self._path.parent).free
        if free < needed:
            folder = self._path.parent
            raise StorageError(f"{folder} has {free} bytes free, {needed} are needed")

    @contextmanager
    def migrating(self) -> Iterator[Any]:
        """A connection outside any transaction; the file's lock keeps other processes out."""
        with self._lock.turn(), self.reading() as cursor:
            yield cursor

    @contextmanager
    def snapshot(self) -> Iterator[Any]:
        """A transaction that reads one moment; DuckDB keeps the versions it needs."""
        with self.reading() as cursor:
            cursor.execute("begin transaction")
            try:
                yield cursor
            finally:
                cursor.execute("rollback")

    def tables(self, connection: Any) -> list[str]:
        """The names of all tables, sorted."""
        sql = "select table_name from duckdb_tables() where schema_name = 'main' order by 1"
        return [row[0] for row in connection.execute(sql).fetchall()]

    def dump(self, connection: Any, table: str, path: Path) -> int:
        """Write a table to a file; gives the number of rows."""
        options = f"format csv, header, {TEXT}, force_quote *"
        sql = f"copy (select * from {table}) to '{path}' ({options})"
        count: int = connection.execute(sql).fetchone()[0]
        return count

    def fill(self, connection: Any, table: str, path: Path) -> None:
        """Read such a file into an empty table, columns by name."""
        with path.open(encoding="utf-8", newline="") as file:
            columns = file.readline().strip().replace('"', "")
        connection.execute(
            f"copy {table} ({columns}) from '{path}' "
            f"(format csv, header, {TEXT}, allow_quoted_nulls false, auto_detect false, "
            "max_line_size 10000000)"
        )

    def stream(self, connection: Any, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a vector of them at a time."""
        answer = connection.execute(sql)
        while rows := answer.fetchmany(ROWS_AT_ONCE):
            yield from rows

    def compact(self) -> None:
        """Copy the store into a new file that replaces the old one.

        DuckDB keeps erased bytes in its file; only `copy from database` drops them. Others read and
        write meanwhile: what they write is recorded and executed on the copy too. They wait only
        while the last statements are executed and the files are renamed. Raises `StorageError`
        where the copy does not fit on the disk, or reading never stops.
        """
        with self._compacting:
            fresh = self._path.with_suffix(".compact")
            remove_database(fresh)
            try:
                self._copy(fresh)
                self._follow(fresh)
            finally:
                self._journal = None
                remove_database(fresh)

    def _copy(self, fresh: Path) -> None:
        """Copy the store of one moment, and record every transaction after it."""
        self._require_room(self._path.stat().st_size + ROOM_TO_OPEN)
        with self.reading() as cursor:
            cursor.execute(f"attach '{fresh}' as compact")
            try:
                with self._lock.turn():
                    cursor.execute("begin transaction")
                    source = cursor.execute("select current_database()").fetchone()[0]
                    cursor.execute("select count(*) from schema_migration").fetchone()
                    self._journal = []
                cursor.execute(f'copy from database "{source}" to compact')
                cursor.execute("commit")
            except BaseException:
                with suppress(duckdb.Error):
                    cursor.execute("rollback")
                raise
            finally:
                with suppress(duckdb.Error):
                    cursor.execute("detach compact")

    def _follow(self, fresh: Path) -> None:
        """Execute the recorded transactions on the copy, and swap when nobody is reading."""
        copy = self._connect(fresh)
        try:
            self._compare(copy)
            for _ in range(SWAPS):
                self._catch_up(copy)
                copy.execute("checkpoint")  # so that little is left to do during the swap
                self._catch_up(copy)
                # The old file stays open: freeing it takes the system a second a gigabyte, which
                # would be a part of the swap.
                with suppress(_IsBusy), descriptor_of(self._path):
                    self._swap(copy, fresh)
                    return
                time.sleep(SWAP_EVERY_S)
        finally:
            copy.close()
        raise StorageError("the store is too busy to be compacted")

    def _compare(self, copy: Any) -> None:
        """Raise `StorageError` unless both have as many rows at one moment; nobody waits for it."""
        with self.reading() as cursor:
            with self._lock.turn():
                cursor.execute("begin transaction")
                cursor.execute("select count(*) from schema_migration").fetchone()  # the moment
                until = len(self._journal or [])
            try:
                self._replay(copy, until)
                if self._counts(copy) != self._counts(cursor):
                    raise StorageError("the copy differs from the store; nothing was changed")
            finally:
                cursor.execute("rollback")

    def _catch_up(self, copy: Any) -> None:
        """Execute what was recorded until only a few transactions are left.

        Writers who never rest could record as fast as this executes: after one pass beside them it
        takes turns with them, a batch in each, which is more than each of them adds meanwhile.
        """
        self._replay(copy, len(self._journal or []))
        while len(self._journal or []) > BATCH:
            with self._lock.turn():
                self._replay(copy, BATCH)

    def _replay(self, copy: Any, count: int | None = None) -> None:
        """Execute the recorded transactions on the copy, or the first `count` of them."""
        journal = self._journal or []
        if sum(len(statements) for statements in journal) > MOST_STATEMENTS:
            raise StorageError("too much is being written to compact the store")
        while journal and count != 0:
            copy.execute("begin transaction")
            for sql, values in journal[0]:
                copy.execute(sql, values).fetchall()
            copy.execute("commit")
            del journal[0]
            count = count and count - 1

    def _swap(self, copy: Any, fresh: Path) -> None:
        with self._lock.turn(), self._nobody_reading():
            self._replay(copy)
            copy.close()
            # an open cursor would keep the old file open, and `connect` would return it
            self._root.execute("pragma disable_checkpoint_on_shutdown")
            self._root.close()
            fresh.chmod(self._path.stat().st_mode)
            self._mark.touch()
            sync_folder(self._path.parent)
            fresh.replace(self._path)
            self._end_swap()
            self._root = self._open()

    @property
    def _mark(self) -> Path:
        """A file that exists from before the renaming until the old file's log is deleted."""
        return self._path.with_suffix(".swapping")

    def _end_swap(self) -> None:
        """Clean up after a swap that a kill interrupted.

        A log that belongs to the earlier file is deleted, and so is a copy that did not replace it.
        """
        fresh = self._path.with_suffix(".compact")
        if self._mark.exists() and not fresh.exists():
            self._log_file.unlink(missing_ok=True)
            self._acknowledged.begin()
        remove_database(fresh)
        sync_folder(self._path.parent)
        self._mark.unlink(missing_ok=True)

    def _counts(self, connection: Any) -> list[tuple[str, int]]:
        """The number of rows of each table."""
        parts = (f"select '{name}', count(*) from {name}" for name in self.tables(connection))
        counts: list[tuple[str, int]] = connection.execute(" union all ".join(parts)).fetchall()
        return sorted(counts)

    @contextmanager
    def _nobody_reading(self) -> Iterator[None]:
        with self._gate:
            self._is_swapping = True
            is_alone = self._gate.wait_for(lambda: self._readers == 0, LONGEST_STOP_S)
        try:
            if not is_alone:
                raise _IsBusy
            yield
        finally:
            with self._gate:
                self._is_swapping = False
                self._gate.notify_all()

    def close(self) -> None:
        """Write the log into the file and close it: DuckDB itself closes without."""
        if log := self._log_bytes():
            with suppress(StorageError, duckdb.Error):  # then the next start reads the log
                self._checkpoint(log)
        self._root.close()
        self._acknowledged.close()

    def connections(self) -> dict[str, int]:
        """None: every thread has its own cursor."""
        return {}

    def damages(self) -> list[str]:
        """Acknowledged writes that are missing, and blocks of the file that are not as written."""
        with self._lock.turn():
            lost = self._acknowledged.differences()
        return [*lost, *damaged_blocks(self._path)]
