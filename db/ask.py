"""Running named blocks of `db/queries/<room>.sql`, always with bound values."""

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, ClassVar, Protocol
from uuid import UUID

import aiosql

from db.engines.engine import Engine, execute, wrapped

FOLDER = Path(__file__).parent


@functools.cache
def blocks(file: str, adapter: type) -> Any:
    """The named blocks of one file, for one engine.

    Each file has its own `from_path`: given a folder, aiosql puts all names into one namespace,
    where a second `add` silently replaces the first.
    """
    return aiosql.from_path(FOLDER / file, adapter)


class Ask:
    """Runs a block on a connection: a new one for each read, or the transaction's."""

    def __init__(
        self, engine: Engine, connection: Callable[[], AbstractContextManager[Any]]
    ) -> None:
        self._engine = engine
        self._connection = connection

    def __call__(self, file: str, name: str, /, **values: object) -> Any:
        """The block's answer; rows of a `select` as a list. Raises `StorageError`."""
        block = getattr(blocks(file, self._engine.adapter), name)
        with wrapped(self._engine), self._connection() as connection:
            answer = block(connection, **values)
            # a select is a lazy generator: read it while the connection is open
            return list(answer) if isinstance(answer, Iterator) else answer

    def fragment(self, sql: str, **values: object) -> list[Any]:
        """Rows of a statement that `db/filters.py` joined from named fragments."""
        with wrapped(self._engine), self._connection() as connection:
            rows: list[Any] = execute(self._engine, connection, sql, values).fetchall()
            return rows

    def by_name(self, sql: str, **values: object) -> list[dict[str, Any]]:
        """The same rows, each value by the name of its column."""
        with wrapped(self._engine), self._connection() as connection:
            cursor = execute(self._engine, connection, sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class AsksBlocks(Protocol):
    """The call of a room: the name of a block and its values."""

    def __call__(self, name: str, /, **values: object) -> Any:
        """The block's answer."""
        ...


class Room:
    """A room of storage: methods that each call one block of `queries/<its name>.sql`."""

    name: ClassVar[str]

    def __init__(self, ask: Ask) -> None:
        self._ask: AsksBlocks = functools.partial(ask, f"queries/{self.name}.sql")
        self._ask_map: AsksBlocks = functools.partial(ask, "queries/map.sql")
        self._fragment = ask.fragment
        self._by_name = ask.by_name

    def _stamp(self) -> None:
        """Change the stamp of public data; to be called after every write of a projection."""
        self._ask_map("add_to_stamp", changes=1)

    def _count_shares(self, occurrence_ids: Sequence[UUID], sign: int) -> None:
        """Count public sightings in (1) or out (-1), while they stand in the projection."""
        self._ask_map("count_shares", occurrence_ids=list(occurrence_ids), sign=sign)
