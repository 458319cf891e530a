"""Migrations: numbered, applied once, in order, each recorded in its transaction."""

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.engines.engine import Engine, wrapped
from observations.base.errors import StorageError

FOLDER = Path(__file__).parent / "migrations"
ONLY = re.compile(r"^-- only (\w+)\n(.*?)^-- end only\n", re.MULTILINE | re.DOTALL)
RECORD = """create table if not exists schema_migration (
    number integer primary key, name text not null, checksum text not null,
    applied_at timestamptz not null)"""


@dataclass(frozen=True)
class Migration:
    """One file of `db/migrations`, `NNNN_<what>.sql`."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text; an applied migration must never be edited."""
        return hashlib.sha256(self.sql.encode()).hexdigest()

    def text_for(self, engine_name: str) -> str:
        """The text without the parts for the other engine.

        Indices that only one engine uses stand between `-- only <engine>` and `-- end only`.
        """
        return ONLY.sub(lambda part: part[2] if part[1] == engine_name else "", self.sql)


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """All migrations, in order."""
    files = sorted(folder.glob("[0-9]*.sql"))
    return [Migration(int(f.name[:4]), f.stem[5:], f.read_text("utf-8")) for f in files]


def migrate(engine: Engine, ours: list[Migration]) -> list[str]:
    """Apply those of `ours` that the database lacks, as read under the lock.

    Gives their names. Raises `StorageError` for a database newer than the code, or one with a
    migration that differs from ours.
    """
    with wrapped(engine), engine.migrating() as connection:
        connection.execute(RECORD)
        checksums = applied(connection)
        _refuse_strangers(checksums, ours)
        fresh = [m for m in ours if m.number not in checksums]
        for place, migration in enumerate(fresh, start=1):
            if checksums:  # of a large database one may take many seconds
                words = f"{migration.number:04d} {migration.name}, {place} of {len(fresh)}"
                logging.getLogger("luji").warning("storage.migrating %s", words)
            with transaction(connection):
                apply(connection, migration, engine.name)
        return [m.name for m in fresh]


def applied(connection: Any) -> dict[int, str]:
    """Number and checksum of every migration that the database has."""
    rows = connection.execute("select number, checksum from schema_migration").fetchall()
    return dict(sorted(rows))


def _refuse_strangers(checksums: dict[int, str], migrations: list[Migration]) -> None:
    ours = {m.number: m.checksum for m in migrations}
    newer = sorted(set(checksums) - set(ours))
    if newer:
        raise StorageError(
            f"this database is newer than the program: it has migration {newer[-1]:04d}, the "
            f"program knows up to {max(ours, default=0):04d}; start a newer version"
        )
    for number, checksum in checksums.items():
        if ours[number] != checksum:
            raise StorageError(
                f"migration {number:04d} of this database is not the program's: an applied "
                "migration must not be edited, add a new one"
            )


def apply(connection: Any, migration: Migration, engine_name: str) -> None:
    """One migration and its record, in the caller's transaction."""
    connection.execute(migration.text_for(engine_name))
    connection.execute(
        "insert into schema_migration values "
        f"({migration.number}, '{migration.name}', '{migration.checksum}', current_timestamp)"
    )


@contextmanager
def transaction(connection: Any) -> Iterator[None]:
    """All of the block or nothing, on a connection that commits each statement by itself."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
