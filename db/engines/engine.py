"""What the two engines have in common, and the wrapping of their drivers' errors."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from observations.base.errors import Conflict, StorageError


class Engine(Protocol):
    """A database; its transactions run one at a time, or are checked for conflicts."""

    @property
    def name(self) -> str:
        """The engine's name: "duckdb" or "postgresql"."""
        ...

    @property
    def adapter(self) -> type:
        """aiosql's adapter as a class: a registered name would depend on the order of imports."""
        ...

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """The driver's exceptions."""
        ...

    @staticmethod
    def is_conflict(error: Exception) -> bool:
        """Whether the same transaction may succeed when it is run again."""
        ...

    def reading(self) -> AbstractContextManager[Any]:
        """A connection for one read."""
        ...

    def writing(self) -> AbstractContextManager[Any]:
        """A connection in a transaction, which commits at the end of the block, else rolls back."""
        ...

    def migrating(self) -> AbstractContextManager[Any]:
        """A connection outside any transaction; other starts with this database wait meanwhile."""
        ...

    def snapshot(self) -> AbstractContextManager[Any]:
        """A connection that reads one moment during the block, and writes nothing."""
        ...

    def tables(self, connection: Any) -> list[str]:
        """The names of all tables, sorted."""
        ...

    def dump(self, connection: Any, table: str, path: Path) -> int:
        """Write a table to a file in the format of `db/backup.py`; gives the number of rows."""
        ...

    def fill(self, connection: Any, table: str, path: Path) -> None:
        """Read such a file, of either engine, into an empty table."""
        ...

    def stream(self, connection: Any, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query in a transaction, some at a time; nothing else runs meanwhile."""
        ...

    def compact(self) -> None:
        """Remove erased data from the files while others read and write. Raises `StorageError`."""
        ...

    def checkpoint_when_quiet(self) -> bool:
        """Shorten the next start where nobody is writing; gives whether it did.

        Raises `StorageError`.
        """
        ...

    def connections(self) -> dict[str, int]:
        """Figures of the pool of connections, by name; none where there is no pool."""
        ...

    def damages(self) -> list[str]:
        """What is damaged or missing of the stored pages and of acknowledged writes, in sentences.

        Every page is looked at, beside readers and writers.
        """
        ...

    def close(self) -> None:
        """Close the database; every later call raises `StorageError`."""
        ...


def execute(engine: Engine, connection: Any, sql: str, values: Mapping[str, object]) -> Any:
    """The cursor of a statement with `:name` parameters."""
    adapter: Any = engine.adapter()  # aiosql's adapters have no types
    return connection.execute(adapter.process_sql("fragment", None, sql), dict(values))


@contextmanager
def wrapped(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors into `StorageError`, or `Conflict` where a new try may succeed."""
    try:
        yield
    except engine.errors as error:
        kind = Conflict if engine.is_conflict(error) else StorageError
        raise kind(str(error)) from error
