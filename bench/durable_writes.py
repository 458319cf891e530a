"""Sightings stored a second, by the whole use case, each in a commit of its own.

The floor is DuckDB itself: the statements of those submits, recorded while they ran, executed again
on a plain connection to a copy of the same file, one commit each. Both run alternately in one run.
Eight writers are compared with one. PostgreSQL, waiting for its disk as in production, is measured
beside it.
"""

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import duckdb

from bench.measurement import Measurement, percentile
from db.engines.duckdb import DuckDB
from db.opening import open_store
from db.store import Store
from observations.base.ids import new_id
from observations.occurrences.occurrence import Upload
from observations.occurrences.recording import submit
from observations.occurrences.report import SightingReport, read_report
from pages.parts.connections import TURN_S
from tests.support.postgres import PostgreSQL
from tests.support.sightings import NIGHT_HERON, XIXI, phone

WRITERS = 8
TURNS, SUBMITS = 4, 60  # submits a turn and writer
FULL_SUBMITS = 400
ONE_WRITER_GOAL, EIGHT_WRITERS_GOAL, SLOWEST_GOAL_MS, OVERTAKEN_GOAL = 0.6, 0.9, 250, WRITERS
EIGHT_AT_ONCE_GOAL = 1.5
Work = tuple[SightingReport, UUID]  # a sighting and the browser it comes from
Statement = tuple[str, Any]


@dataclass
class Timing:
    """The result of some turns: total seconds, and when each submit began and ended."""

    seconds: float = 0.0
    spans: list[tuple[float, float]] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Submits a second."""
        return len(self.spans) / self.seconds

    def percentile_ms(self, percent: float) -> float:
        """Milliseconds that `percent` of the submits did not exceed."""
        return percentile([(end - start) * 1000 for start, end in self.spans], percent)

    def overtaken(self) -> int:
        """The largest number of later submits that finished before an earlier one."""
        arrivals = sorted(self.spans)
        ends = [end for _, end in arrivals]
        return max(
            sum(later < end for later in ends[place + 1 : place + 200])
            for place, end in enumerate(ends)
        )


class Recording(DuckDB):
    """An engine that records every statement."""

    def __init__(self, path: Path) -> None:
        self.statements: list[Statement] = []
        super().__init__(path)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A cursor that records its statements."""
        with super().reading() as cursor:
            yield RecordedCursor(cursor, self.statements)


class RecordedCursor:
    """A cursor that records its statements."""

    def __init__(self, cursor: Any, statements: list[Statement]) -> None:
        self._cursor = cursor
        self._statements = statements

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, sql: str, values: Any = None) -> Any:
        """Record the statement and run it."""
        self._statements.append((sql, values))
        return self._cursor.execute(sql, values)


def measure(full: bool = False) -> Iterator[Measurement]:
    """DuckDB with one and eight writers, then PostgreSQL."""
    count = FULL_SUBMITS if full else SUBMITS
    sys.setswitchinterval(TURN_S)  # as the server does
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder:
        yield from _on_duckdb(Path(folder), count)
    yield from _on_postgresql(count)


def _on_duckdb(folder: Path, count: int) -> Iterator[Measurement]:
    ours, heard, raw = (folder / name for name in ("ours.duckdb", "heard.duckdb", "raw.duckdb"))
    store = open_store(f"duckdb:///{ours}")
    alone, together = _work(store, TURNS * count), _work(store, TURNS * count)
    store.close()
    shutil.copyfile(ours, heard)
    shutil.copyfile(ours, raw)
    transactions = _record(heard, alone)
    store, plain = open_store(f"duckdb:///{ours}"), _plain(raw)
    one, floor, eight = Timing(), Timing(), Timing()
    for turn in range(TURNS):
        part = slice(turn * count, (turn + 1) * count)
        _take_turn(one, store, [alone[part]])
        _replay(floor, plain, transactions[part])
        _take_turn(eight, store, _dealt(together[part]))
    store.close()
    plain.close()
    yield from _rows("", one, floor, eight)


def _rows(where: str, one: Timing, floor: Timing | None, eight: Timing) -> Iterator[Measurement]:
    is_serial = floor is not None  # DuckDB's writers take turns
    name, n = f"durable_writes{where}", len(one.spans)
    yield Measurement(
        f"{name}: one writer",
        one.rate,
        floor.rate if floor else None,
        "a second",
        n,
        at_least=ONE_WRITER_GOAL if floor else None,
    )
    yield Measurement(
        f"{name}: eight writers beside one",
        eight.rate,
        one.rate,
        "a second",
        n,
        at_least=EIGHT_WRITERS_GOAL if is_serial else EIGHT_AT_ONCE_GOAL,
    )
    yield Measurement(
        f"{name}: eight writers, p99",
        eight.percentile_ms(99),
        None,
        "ms",
        n,
        at_most=SLOWEST_GOAL_MS,
    )
    yield Measurement(
        f"{name}: eight writers, overtaken by",
        eight.overtaken(),
        None,
        "submits",
        n,
        at_most=OVERTAKEN_GOAL if is_serial else None,
    )


def _on_postgresql(count: int) -> Iterator[Measurement]:
    server = PostgreSQL(durable=True)
    try:
        store = open_store(server.database_url())
        alone, together = _work(store, TURNS * count), _work(store, TURNS * count)
        one, eight = Timing(), Timing()
        for turn in range(TURNS):
            part = slice(turn * count, (turn + 1) * count)
            _take_turn(one, store, [alone[part]])
            _take_turn(eight, store, _dealt(together[part]))
        store.close()
    finally:
        server.stop()
    yield from _rows(" on PostgreSQL", one, None, eight)


def _work(store: Store, count: int) -> list[Work]:
    """Sightings with a photo each, from as many browsers as there are writers.

    What they refer to is stored, and every browser has contributed before.
    """
    now = datetime.now(UTC)
    devices = [phone(store, now) for _ in range(WRITERS)]
    work = [(device, new_id(now)) for _ in range(count // WRITERS + 1) for device in devices]
    with store.transaction() as tx:
        for device, upload_id in work:
            tx.occurrences.add_upload(_upload(upload_id, device, now))
    for device in devices:
        submit(store, _report([], now), device, now)
    return [(_report([str(upload_id)], now), device) for device, upload_id in work[:count]]


def _upload(upload_id: UUID, device: UUID, now: datetime) -> Upload:
    hashes = uuid4().hex * 2, uuid4().hex[:16]
    return Upload(upload_id, device, *hashes, "image/jpeg", 1600, 1200, 320_000, now)


def _report(photos: list[str], now: datetime) -> SightingReport:
    given = {"place": XIXI, "taxon_id": str(NIGHT_HERON), "count": 2, "note": "近水，两只"}
    stamps = {"id": str(new_id(now)), "event_date": now.isoformat()}
    return read_report({**given, **stamps, "photos": photos}, now)


def _record(path: Path, work: Sequence[Work]) -> list[list[Statement]]:
    """The statements of each submit, begin and commit included."""
    engine = Recording(path)
    store = Store(engine)
    transactions = []
    for report, device in work:
        engine.statements.clear()
        submit(store, report, device, datetime.now(UTC))
        transactions.append(list(engine.statements))
    store.close()
    return transactions


def _plain(path: Path) -> Any:
    connection = duckdb.connect(str(path))
    connection.execute("set global TimeZone = 'UTC'")
    return connection


def _replay(timing: Timing, connection: Any, transactions: Sequence[list[Statement]]) -> None:
    started = time.perf_counter()
    for statements in transactions:
        begun = time.perf_counter()
        for sql, values in statements:
            connection.execute(sql, values).fetchall()
        timing.spans.append((begun, time.perf_counter()))
    timing.seconds += time.perf_counter() - started


def _dealt(work: Sequence[Work]) -> list[Sequence[Work]]:
    """The work by browser, one writer each."""
    return [work[first::WRITERS] for first in range(WRITERS)]


def _take_turn(timing: Timing, store: Store, shares: Sequence[Sequence[Work]]) -> None:
    """Submit each share in a separate thread, all at the same time."""
    threads = [threading.Thread(target=_submit_all, args=(timing, store, s)) for s in shares]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    timing.seconds += time.perf_counter() - started


def _submit_all(timing: Timing, store: Store, share: Sequence[Work]) -> None:
    for report, device in share:
        begun = time.perf_counter()
        submit(store, report, device, datetime.now(UTC))
        timing.spans.append((begun, time.perf_counter()))
