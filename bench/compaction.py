"""How long a write waits while the store is compacted, as after somebody erased what is theirs.

A hundred thousand sightings on each engine, a million with `--full`; somebody writes all the while.
"""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from bench.measurement import Measurement, percentile
from bench.whole_city import fill
from db.opening import open_store
from tests.support.postgres import PostgreSQL
from tests.support.writing import writing

SIZE, FULL_SIZE = 100_000, 1_000_000
LONGEST_GOAL_MS = 200
PAUSE_S = 0.01  # of the writer, between two writes


def measure(full: bool = False) -> Iterator[Measurement]:
    """DuckDB, then PostgreSQL."""
    size = FULL_SIZE if full else SIZE
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder:
        yield from _on(f"duckdb:///{folder}/luji.duckdb", size)
    server = PostgreSQL(durable=True)
    try:
        yield from _on(server.database_url(), size)
    finally:
        server.stop()


def _on(url: str, size: int) -> Iterator[Measurement]:
    store = open_store(url)
    fill(store, size, datetime.now(UTC))
    with writing(store, PAUSE_S) as took:
        begun = time.perf_counter()
        while time.perf_counter() < begun + 5:
            time.sleep(0.1)
        alone = max(took)
        took.clear()
        begun = time.perf_counter()
        store.compact()
        seconds = time.perf_counter() - begun
    name = f"compaction of {size:,} on {store.engine_name}"
    store.close()
    count = len(took)
    yield Measurement(f"{name}: takes", seconds, None, "s", 1)
    yield Measurement(f"{name}: p99 of a write", percentile(took, 99) * 1000, None, "ms", count)
    yield Measurement(
        f"{name}: longest write", max(took) * 1000, None, "ms", count, at_most=LONGEST_GOAL_MS
    )
    yield Measurement(f"{name}: longest write without it", alone * 1000, None, "ms", 1)
