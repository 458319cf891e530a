"""Cursors of DuckDB: in a transaction that outlives a statement, and recorded for a compaction."""

from typing import Any

from aiosql.adapters.duckdb import DuckDBAdapter

Statements = list[tuple[str, Any]]


class _Open:
    """A connection that ignores close(), so that a transaction outlives each statement."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def close(self) -> None:
        """Nothing: whoever opened the connection closes it."""


class InTransaction(DuckDBAdapter):
    """aiosql's adapter on the connection itself: another cursor would leave the transaction."""

    def _cursor(self, conn: Any) -> Any:
        return _Open(conn)


class Recorded:
    """A cursor that records the statements that write, so that a copy can repeat them."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.statements: Statements = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, sql: str, values: Any = None) -> Any:
        """Execute a statement, and record it if it writes."""
        if not sql.lstrip().lower().startswith("select"):
            self.statements.append((sql, values))
        return self._cursor.execute(sql, values)
