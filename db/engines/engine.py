"""What the two engines have in common, and the one place where a driver's error is wrapped."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from observations.base.errors import Conflict, StorageError


class Engine(Protocol):
    """A database that answers reads, and transactions one at a time or checked."""

    @property
    def name(self) -> str:
        """ "duckdb" or "postgresql"."""
        ...

    @property
    def adapter(self) -> type:
        """aiosql's adapter, as a class: a registered name would depend on import order."""
        ...

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What the driver raises."""
        ...

    @staticmethod
    def is_conflict(error: Exception) -> bool:
        """Whether the same transaction may succeed when it is run again."""
        ...

    def reading(self) -> AbstractContextManager[Any]:
        """A connection for one read."""
        ...

    def writing(self) -> AbstractContextManager[Any]:
        """A connection in a transaction: commits at the end of the block, else rolls back."""
        ...

    def migrating(self) -> AbstractContextManager[Any]:
        """A connection that holds every other starter of this database back, no transaction."""
        ...

    def snapshot(self) -> AbstractContextManager[Any]:
        """A connection that sees one moment for as long as the block lasts, and writes nothing."""
        ...

    def tables(self, connection: Any) -> list[str]:
        """The names of all tables, by name."""
        ...

    def dump(self, connection: Any, table: str, path: Path) -> int:
        """Write a table to a file (`db/backup.py` says how it looks); how many rows."""
        ...

    def fill(self, connection: Any, table: str, path: Path) -> None:
        """Read such a file, of either engine, into an empty table."""
        ...

    def compact(self) -> None:
        """Remove erased data from the files, beside readers and writers. Raises `StorageError`."""
        ...

    def checkpoint_when_quiet(self) -> bool:
        """Make the next start short where nobody is writing; whether something was done. Raises
        `StorageError`."""
        ...

    def damages(self) -> list[str]:
        """What of the stored pages cannot be read or is not as it was written, all of them looked
        at beside readers and writers, and acknowledged writes that are missing, as sentences."""
        ...

    def close(self) -> None:
        """Let go of the database; everything asked later is a `StorageError`."""
        ...


def execute(engine: Engine, connection: Any, sql: str, values: Mapping[str, object]) -> Any:
    """The cursor of a statement with `:name` parameters."""
    adapter: Any = engine.adapter()  # aiosql's adapters carry no types
    return connection.execute(adapter.process_sql("fragment", None, sql), dict(values))


@contextmanager
def wrapped(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors into `StorageError`, or `Conflict` where a second try may help."""
    try:
        yield
    except engine.errors as error:
        kind = Conflict if engine.is_conflict(error) else StorageError
        raise kind(str(error)) from error
