"""PostgreSQL: many processes, a pool, serializable transactions that may have to be run again."""

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from aiosql.adapters.pyformat import PyFormatAdapter
from psycopg.errors import DeadlockDetected, SerializationFailure, UniqueViolation
from psycopg_pool import ConnectionPool, PoolTimeout

from db.engines.table_rewrite import ENTER, PREFIX, clean, rewrite_all
from observations.base.errors import StorageError

MIGRATING = 7306151  # the key of the advisory lock: any number, the same in every process
COMPACTING = MIGRATING + 1
POOL_SIZE = 16
PATIENCE_S = 20.0
SOON_S, ASK_EVERY_S = 0.5, 0.5
# tells a server that vanished from the network from one that is slow
ALIVE: dict[str, Any] = {"connect_timeout": 2, "keepalives_idle": 5, "tcp_user_timeout": 10_000}
# what takes longer hangs, and would keep its connection from others
LONGEST_STATEMENT = "5min"
POOL_FIGURES = ("pool_size", "pool_available", "requests_waiting")
CHUNK = 1024 * 1024
ROWS_AT_ONCE = 2000
TEXT = "format csv, header, null '\\N'"  # NULL is \N without quotes


AMCHECK = "select 1 from pg_extension where extname = 'amcheck'"
# A table's complaints are rows, an index's an error; `bt_index_check` lets writers go on.
AMCHECKS = """select relname, case relkind
        when 'r' then format('select msg from verify_heapam(%s)', oid)
        else format('select bt_index_check(%s::regclass, true)', oid) end
    from pg_class
    where relnamespace = current_schema()::regnamespace and not starts_with(relname, 'compacting_')
        and (relkind = 'r' or relkind = 'i'
        and relam = (select oid from pg_am where amname = 'btree'))
    order by 1, 2"""


def _complaint(connection: Any, name: str, sql: str) -> str | None:
    """What a question says that has an answer only where something is wrong."""
    try:
        row = connection.execute(sql).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return None
    except (psycopg.errors.DataError, psycopg.InternalError, psycopg.OperationalError) as error:
        if connection.broken:
            raise
        return f"{name}: {error}".strip()
    return f"{name}: {row[0]}" if row and isinstance(row[0], str) and row[0] else None


def _prepare(connection: Any) -> None:
    """Set a session's time zone to UTC, its longest statement, its transactions to serializable.

    With read committed, 40 of 40 rounds of two writers overdrew an account; with serializable none.
    """
    connection.execute("set time zone 'UTC'")
    connection.execute(f"set statement_timeout = '{LONGEST_STATEMENT}'")
    # compiling a statement takes 100 to 250 ms, longer than any that a page sends takes to run
    connection.execute("select set_config(name, 'off', false) from pg_settings where name = 'jit'")
    connection.commit()
    connection.isolation_level = psycopg.IsolationLevel.SERIALIZABLE


class PostgreSQL:
    """The engine of one PostgreSQL database."""

    name = "postgresql"
    adapter: type = PyFormatAdapter
    errors: tuple[type[Exception], ...] = (psycopg.Error, UnicodeEncodeError)

    def __init__(self, url: str) -> None:
        self._url = url
        self._is_down, self._is_closed = threading.Event(), threading.Event()
        self._asking = threading.Lock()
        self._pool = self._open_pool()

    def _open_pool(self) -> "ConnectionPool[Any]":
        pool = ConnectionPool(
            self._url,
            min_size=1,
            max_size=POOL_SIZE,
            timeout=PATIENCE_S,
            kwargs=ALIVE,
            configure=_prepare,
            check=ConnectionPool.check_connection,
            open=False,
        )
        try:
            pool.open(wait=True, timeout=PATIENCE_S)
        except psycopg.Error:
            pool.close()
            raise
        return pool

    @contextmanager
    def _lent(self) -> Iterator[Any]:
        """A connection of the pool.

        Where the server is known to be down it fails at once; a separate thread notices when it is
        back.
        """
        with ExitStack() as stack:
            if self._is_down.is_set():
                raise psycopg.OperationalError("PostgreSQL is down")
            pool = self._pool
            try:
                connection = stack.enter_context(pool.connection(timeout=SOON_S))
            except PoolTimeout:
                if self._is_found_down():
                    raise
                connection = stack.enter_context(pool.connection(timeout=PATIENCE_S))
            yield connection

    def _is_found_down(self) -> bool:
        """Whether the server does not answer, rather than all connections being in use."""
        with self._asking:
            if not self._is_down.is_set() and not self._answers():
                self._is_down.set()
                logging.getLogger("luji").error("storage.down")
                threading.Thread(target=self._return, name="postgresql", daemon=True).start()
            return self._is_down.is_set()

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._url, **ALIVE).close()
        except psycopg.Error:
            return False
        return True

    def _return(self) -> None:
        """Wait until the server is back, then open a new pool: the old one waits too long."""
        while not self._is_closed.wait(ASK_EVERY_S):
            if not self._answers():
                continue
            with suppress(psycopg.Error):
                before, self._pool = self._pool, self._open_pool()
                self._is_down.clear()
                logging.getLogger("luji").warning("storage.back")
                before.close(timeout=0)
                return

    @staticmethod
    def is_conflict(error: Exception) -> bool:
        """Whether nothing was written and a new try may succeed.

        That is so for a serialization failure, a deadlock, or a key that another transaction took
        meanwhile. PostgreSQL reports the last one where two transactions read that the key is free
        and both write it; the new try reads that it is taken.
        """
        return isinstance(error, SerializationFailure | DeadlockDetected | UniqueViolation)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A connection of the pool, outside any transaction.

        A single statement reads one moment anyway. This needs one round trip instead of three, and
        conflicts with no writer.
        """
        with self._lent() as connection:
            connection.autocommit = True
            try:
                yield connection
            finally:
                with suppress(psycopg.Error):  # a broken connection does not go back to the pool
                    connection.autocommit = False

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """A connection in a serializable transaction; the pool commits it or rolls it back."""
        with self._lent() as connection:
            connection.execute(ENTER)
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Any]:
        """A connection under one advisory lock; with a lock a migration, 15 of 20 starts failed."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("set time zone 'UTC'")
            connection.execute("select pg_advisory_lock(%s)", (MIGRATING,))
            if self._may_compact(connection):
                clean(connection)
                connection.execute("select pg_advisory_unlock(%s)", (COMPACTING,))
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Any]:
        """A connection in a repeatable-read transaction, which reads one moment."""
        with psycopg.connect(self._url) as connection:
            connection.execute("set time zone 'UTC'")
            connection.commit()
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield connection
            connection.rollback()

    def tables(self, connection: Any) -> list[str]:
        """The names of all tables, sorted."""
        sql = """select tablename from pg_tables
            where schemaname = current_schema() and not starts_with(tablename, %s) order by 1"""
        return [row[0] for row in connection.execute(sql, (PREFIX,)).fetchall()]

    def dump(self, connection: Any, table: str, path: Path) -> int:
        """Write a table to a file by COPY; gives the number of rows."""
        with path.open("wb") as file, connection.cursor() as cursor:
            with cursor.copy(f"copy {table} to stdout ({TEXT}, force_quote *)") as copy:
                for part in copy:
                    file.write(part)
            count: int = cursor.rowcount
            return count

    def fill(self, connection: Any, table: str, path: Path) -> None:
        """Read such a file into an empty table by COPY, columns by name."""
        with path.open("rb") as file, connection.cursor() as cursor:
            columns = file.readline().decode().strip()
            file.seek(0)
            with cursor.copy(f"copy {table} ({columns}) from stdin ({TEXT})") as copy:
                while part := file.read(CHUNK):
                    copy.write(part)

    def stream(self, connection: Any, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, by a cursor on the server."""
        with connection.cursor(name="stream") as cursor:
            cursor.itersize = ROWS_AT_ONCE
            yield from cursor.execute(sql)

    def compact(self) -> None:
        """Rewrite every table, one after the other, so that erased rows leave its files.

        Others read and write meanwhile and wait for the change of names alone. Raises
        `StorageError` where another process compacts, or a table is always in use.
        """
        with (
            psycopg.connect(self._url, autocommit=True) as gate,
            psycopg.connect(self._url, autocommit=True) as worker,
        ):
            if not self._may_compact(gate):
                raise StorageError("another process is compacting the store")
            rewrite_all(gate, worker, self.tables(gate))

    @staticmethod
    def _may_compact(connection: Any) -> bool:
        """Whether no other connection compacts; from now on this one may."""
        mine = connection.execute("select pg_try_advisory_lock(%s)", (COMPACTING,)).fetchone()
        return bool(mine == (True,))

    def connections(self) -> dict[str, int]:
        """How many there are, how many are free, and how many threads wait for one."""
        figures = self._pool.get_stats()
        return {name: figures.get(name, 0) for name in POOL_FIGURES}

    def damages(self) -> list[str]:
        """Tables that cannot be read to the last row and column.

        With the extension `amcheck` also tables and indices whose pages contradict each other. The
        server compares a page's checksum when it reads it from the disk.
        """
        with psycopg.connect(self._url, autocommit=True) as connection:
            questions = [
                (table, f'select sum(length(t::text)) from "{table}" as t')
                for table in self.tables(connection)
            ]
            has_amcheck = connection.execute(AMCHECK).fetchone() is not None
            deeper = connection.execute(AMCHECKS).fetchall() if has_amcheck else []
            complaints = [(one, _complaint(connection, *one)) for one in questions + deeper]
            # a compaction may have put another in its place
            gone = set(deeper) - set(connection.execute(AMCHECKS).fetchall())
            return [words for one, words in complaints if words and one not in gone]

    def checkpoint_when_quiet(self) -> bool:
        """Nothing; the server does it by itself."""
        return False

    def close(self) -> None:
        """Close the pool."""
        self._is_closed.set()
        self._pool.close()
