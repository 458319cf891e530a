"""The statements of a decision by key on a full PostgreSQL, and whether two at once conflict.

With `--full` there are 300,000 decided records. The floor is the same statement without its index,
which is dropped for it in the same run.
"""

import time
from collections.abc import Callable, Iterator
from uuid import UUID

import psycopg

from bench.measurement import Measurement, middle
from db.opening import open_store
from db.store import Store
from observations.verification.decisions import Verdict
from tests.db.test_side_by_side import ROUNDS, conflicting_rounds
from tests.support.filled import FIRST_ID, ID_STEP, fill
from tests.support.postgres import PostgreSQL

ROWS, FULL_ROWS = 30_000, 300_000
LONG = ("released_occurrence", "decision", "review", "posting", "identification")
TURNS = 15
GOAL_MS = 5
ONE = UUID(f"{FIRST_ID + ID_STEP * 7:012x}" + 20 * "0")


def measure(full: bool = False) -> Iterator[Measurement]:
    """Taking a record out of the projection, the desk's last decision, rounds of two at once."""
    rows = FULL_ROWS if full else ROWS
    server = PostgreSQL(durable=True)
    try:
        url = server.database_url()
        store = open_store(url)
        fill(url, dict.fromkeys(LONG, rows))
        for name, ask in _asked(store).items():
            yield Measurement(
                f"{name} at {rows:,}", middle(ask()), None, "ms", TURNS, at_most=GOAL_MS
            )
        conflicts = conflicting_rounds(store, Verdict.ACCEPT, ROUNDS)
        yield Measurement("two decisions at once", conflicts, None, "conflicts", ROUNDS, at_most=0)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("drop index released_occurrence_id, decision_verifier")
        for name, ask in _asked(store).items():
            bare = f"{name} at {rows:,}, without its index"
            yield Measurement(bare, middle(ask()), None, "ms", TURNS)
        conflicts = conflicting_rounds(store, Verdict.ACCEPT, ROUNDS)
        yield Measurement("the same without index", conflicts, None, "conflicts", ROUNDS)
        store.close()
    finally:
        server.stop()


def _asked(store: Store) -> dict[str, Callable[[], list[float]]]:
    def unpublish() -> list[float]:
        with store.transaction() as tx:  # without the commit, which depends on the disk
            return _timed(lambda: tx.occurrences._ask("unpublish", occurrence_id=ONE))

    def last_decided_by() -> list[float]:
        return _timed(lambda: store.verification._ask("last_decided_by", staff_id=ONE))

    return {"unpublish": unpublish, "last decision of a verifier": last_decided_by}


def _timed(ask: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(TURNS):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    return times
