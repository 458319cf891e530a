"""The store: one attribute a room for reading; a transaction has the same, for writing too."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path

from db.actions import Actions
from db.ask import Ask, blocks
from db.backup import Backup, Progress, back_up
from db.cases import Cases
from db.community import Community
from db.datasets import Datasets
from db.demo import Demo
from db.desk import Desk
from db.engines.engine import Engine, wrapped
from db.exchange import Exchange
from db.festivals import Festivals
from db.log import Log
from db.map import Map
from db.media import Media
from db.moderation import Moderation
from db.moving import move_rows
from db.occurrences import Occurrences
from db.order import Order
from db.people import People
from db.places import Places
from db.points import Points
from db.privacy import Privacy
from db.publications import Publications
from db.satisfaction import Satisfaction
from db.sites import Sites
from db.surveys import Surveys
from db.taxa import Taxa
from db.verification import Verification
from observations.base.errors import Conflict, StorageError
from observations.base.retrying import retried
from observations.media.store import PhotoFiles

INVARIANTS = "invariants.sql"


class Rooms:
    """Every room, with one way of running blocks."""

    def __init__(self, ask: Ask) -> None:
        self.log = Log(ask)
        self.people = People(ask)
        self.places = Places(ask)
        self.media = Media(ask)
        self.occurrences = Occurrences(ask)
        self.community = Community(ask)
        self.verification = Verification(ask)
        self.map = Map(ask)
        self.points = Points(ask)
        self.actions = Actions(ask)
        self.satisfaction = Satisfaction(ask)
        self.publications = Publications(ask)
        self.surveys = Surveys(ask)
        self.datasets = Datasets(ask)
        self.cases = Cases(ask)
        self.sites = Sites(ask)
        self.taxa = Taxa(ask)
        self.festivals = Festivals(ask)
        self.privacy = Privacy(ask)
        self.exchange = Exchange(ask)
        self.moderation = Moderation(ask)
        self.order = Order(ask)
        self.desk = Desk(ask)
        self.demo = Demo(ask)


class Transaction(Rooms):
    """The rooms inside one transaction. While it is open, read by it and not by the store."""


class Store(Rooms):
    """An open database."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(Ask(engine, engine.reading))
        self._engine = engine
        self._here = threading.local()
        self.is_write_failing = False  # whether the last transaction failed in the store
        self.changes = 0  # grows with every transaction that this process ends

    @property
    def transactions_here(self) -> int:
        """The number of transactions that this thread has ended; earlier reads may be outdated."""
        return getattr(self._here, "count", 0)

    @property
    def engine_name(self) -> str:
        """The engine's name: "duckdb" or "postgresql"."""
        return self._engine.name

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction: the end of the block commits, an exception rolls back; never nested."""
        try:
            with wrapped(self._engine), self._engine.writing() as connection:
                yield Transaction(Ask(self._engine, lambda: nullcontext(connection)))
            self.is_write_failing = False
        except Conflict:
            raise
        except StorageError:
            self.is_write_failing = True
            raise
        finally:
            self._here.count = self.transactions_here + 1
            self.changes += 1

    def broken_invariants(self) -> dict[str, list[object]]:
        """The queries of `invariants.sql` that return rows, with the first ones."""
        ask = Ask(self._engine, self._engine.reading)
        names = blocks(INVARIANTS, self._engine.adapter).available_queries
        answers = {name: ask(INVARIANTS, name) for name in names if not name.endswith("_cursor")}
        return {name: rows[:5] for name, rows in answers.items() if rows}

    def back_up(
        self, photos: PhotoFiles, secret: bytes, path: Path, now: datetime, progress: Progress
    ) -> Backup:
        """Write rows, photos and secret into one file; see `db/backup.py`."""
        return back_up(self._engine, photos, secret, path, now, progress)

    def move(self, source: str, target: str, home: Path, progress: Progress) -> dict[str, int]:
        """Move all rows into an empty database; `source` is this one. See `db/moving.py`."""
        return move_rows(self._engine, source, target, home, progress)

    @retried
    def gather(self) -> None:
        """Sum the rows that make up the stamp of public data, the map's counts and the tallies.

        The sums stay the same.
        """
        with self.transaction() as tx:
            tx.map.gather_stamp()
            tx.map.gather_counts()
            tx.points.gather_districts()

    def damages(self) -> list[str]:
        """What is damaged or missing of the stored pages and of acknowledged writes, in sentences.

        Every page is looked at.
        """
        with wrapped(self._engine):
            return self._engine.damages()

    def compact(self) -> None:
        """Remove erased data from the files."""
        with wrapped(self._engine):
            self._engine.compact()

    def checkpoint_when_quiet(self) -> bool:
        """Shorten the next start where nobody is writing; gives whether it did."""
        with wrapped(self._engine):
            return self._engine.checkpoint_when_quiet()

    def connections(self) -> dict[str, int]:
        """Figures of the pool of connections, by name; none where there is no pool."""
        return self._engine.connections()

    def close(self) -> None:
        """Close the database."""
        self._engine.close()
