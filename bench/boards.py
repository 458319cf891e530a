"""The boards of green points at ten million entries: how fast they open, and are up to date.

The floor is the plain `group by` over the ledger that a board would need without its projection,
run alternately in the same run. After an accepted entry, and after its reversal, every board and
the route's own answer are read until they are right; on PostgreSQL in a second process, with a
store of its own.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.measurement import Measurement, middle, percentile
from db.opening import open_store
from db.store import Store
from observations.base.clock import day_of
from observations.base.ids import new_id
from observations.places.districts import DISTRICTS
from observations.points.awarding import award, reverse
from observations.points.boards import (
    districts_board,
    improved_board,
    neighbours_of,
    people_board,
    standing_of,
    teams_board,
)
from observations.points.periods import Period, span
from observations.points.postings import CauseKind
from tests.support.postgres import PostgreSQL

ENTRIES, FULL_ENTRIES = 200_000, 10_000_000
ENTRIES_A_PERSON = 100
TURNS = 15
BOARD_GOAL_MS, RIGHT_GOAL_S = 50, 1.0
NOW = datetime(2026, 6, 24, 4, 0, tzinfo=UTC)
TODAY = day_of(NOW)
RESIDENTS = {code: district.population_2020 for code, district in DISTRICTS.items()}

# A synthetic city: every person earns some points on days of the half-year before TODAY, one in two
# agreed to be named, one in five is in one of 400 teams.
PEOPLE = """insert into observer
    (observer_id, nickname, home_district, on_boards, joined_at, is_demo)
select cast('00000000-0000-7000-8000-' || lpad(cast(n as text), 12, '0') as uuid),
    'bench ' || cast(n as text), (array[{districts}])[n % 13 + 1], n % 2 = 0,
    timestamptz '2025-12-01', false
from generate_series(1, {people}) as s(n)"""
TEAMS = """insert into team (team_id, name, kind, join_code, made_at, is_demo)
select cast('00000000-0000-7000-9000-' || lpad(cast(n as text), 12, '0') as uuid),
    'team ' || cast(n as text), (array['family', 'school', 'company', 'village'])[n % 4 + 1],
    'T' || cast(n as text), timestamptz '2025-12-01', false
from generate_series(1, 400) as s(n)"""
MEMBERS = """insert into membership (membership_id, observer_id, team_id, since)
select cast('00000000-0000-7000-a000-' || lpad(cast(n as text), 12, '0') as uuid),
    cast('00000000-0000-7000-8000-' || lpad(cast(n as text), 12, '0') as uuid),
    cast('00000000-0000-7000-9000-' || lpad(cast(n % 400 + 1 as text), 12, '0') as uuid),
    timestamptz '2025-12-01'
from generate_series(5, {people}, 5) as s(n)"""
POSTINGS = """insert into posting
    (posting_id, idempotency_key, from_account, to_account, amount, kind, cause_kind,
    cause_id, observer_id, earned_on, posted_at, is_demo, team_id, home_district)
select p.id, 'bench:' || cast(p.n as text), 'city', 'observer:' || cast(p.who as text),
    p.n * 7919 % 9 + 1, 'award', 'self_report', p.id, p.who,
    date '2026-01-01' + cast(p.n * 104729 % 175 as integer), timestamptz '2026-06-24', false,
    case when p.person % 5 = 0 then cast('00000000-0000-7000-9000-' ||
        lpad(cast(p.person % 400 + 1 as text), 12, '0') as uuid) end,
    (array[{districts}])[p.person % 13 + 1]
from (
    select n, n % {people} + 1 as person,
        cast('00000000-0000-7000-b000-' || lpad(cast(n as text), 12, '0') as uuid) as id,
        cast('00000000-0000-7000-8000-' || lpad(cast(n % {people} + 1 as text), 12, '0') as uuid)
            as who
    from (select cast(g as bigint) as n from generate_series({first}, {last}) as s(g)) as s
) as p"""
PLAIN = """select observer_id,
    sum(case when from_account = 'city' then amount else -amount end) as points
from posting where earned_on between '{first}' and '{last}'
group by observer_id order by points desc limit 50"""
STEP = 1_000_000


def measure(full: bool = False) -> Iterator[Measurement]:
    """DuckDB, then PostgreSQL with a second process."""
    entries = FULL_ENTRIES if full else ENTRIES
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder:
        store = open_store(f"duckdb:///{Path(folder) / 'boards.duckdb'}")
        yield from _on(store, entries, "", lambda: _here(store))
        store.close()
    server = PostgreSQL(durable=True)
    try:
        url = server.database_url()
        store = open_store(url)
        yield from _on(store, entries, " on PostgreSQL", lambda: _elsewhere(url))
        store.close()
    finally:
        server.stop()


def _on(
    store: Store, entries: int, where: str, watcher: Callable[[], "Watcher"]
) -> Iterator[Measurement]:
    people = entries // ENTRIES_A_PERSON
    _fill(store, entries, people)
    me = UUID(f"00000000-0000-7000-8000-{people // 2:012d}")
    for name, ask in _boards(store, me).items():
        ours, floor = _timed(store, ask)
        yield Measurement(
            f"boards{where}: {name}, p95", percentile(ours, 95), None, "ms", len(ours),
            at_most=BOARD_GOAL_MS,
        )  # fmt: skip
        yield Measurement(
            f"boards{where}: {name} beside group by", middle(ours), middle(floor), "ms", len(ours)
        )
    yield from _soon_right(store, me, where, watcher)


def _boards(store: Store, me: UUID) -> dict[str, Callable[[Period], object]]:
    return {
        "people": lambda period: people_board(store, period, TODAY),
        "teams": lambda period: teams_board(store, period, TODAY),
        "districts": lambda period: districts_board(store, period, TODAY, RESIDENTS),
        "progress": lambda period: improved_board(store, period, TODAY),
        "my place": lambda period: standing_of(store, me, period, TODAY),
        "my neighbours": lambda period: neighbours_of(store, me, period, TODAY),
    }


def _timed(store: Store, ask: Callable[[Period], object]) -> tuple[list[float], list[float]]:
    ours, floor = [], []
    for period in Period:
        ask(period)  # warm
        days = span(period, TODAY)
        plain = PLAIN.format(first=days.first, last=days.last)
        for turn in range(TURNS):
            ours.append(_ms(ask, period))
            if turn == 0:
                floor.append(_ms(_run, store, plain))
    return ours, floor


def _ms(what: Callable[..., object], *values: object) -> float:
    started = time.perf_counter()
    what(*values)
    return (time.perf_counter() - started) * 1000


def _fill(store: Store, entries: int, people: int) -> None:
    districts = ", ".join(f"'{code}'" for code in DISTRICTS)
    _run(store, PEOPLE.format(people=people, districts=districts))
    _run(store, TEAMS)
    _run(store, MEMBERS.format(people=people))
    for first in range(1, entries + 1, STEP):
        last = min(first + STEP - 1, entries)
        _run(store, POSTINGS.format(first=first, last=last, people=people, districts=districts))
    with store.transaction() as tx:
        tx.points.rebuild_boards()
    if store.engine_name == "postgresql":
        _run(store, "analyze")


def _run(store: Store, sql: str) -> list[Any]:
    """Run a statement of the bench itself on the engine's connection."""
    with store._engine.writing() as connection:
        cursor = connection.execute(sql)
        return list(cursor.fetchall()) if cursor.description else []


# How soon a board is right


@dataclass(frozen=True)
class Watcher:
    """A reader of one person's points on every board, and the function that closes it."""

    points: Callable[[UUID], dict[str, int]]
    close: Callable[[], object]


def points_on_boards(store: Store, who: UUID, today: date) -> dict[str, int]:
    """The points of each period's standing, people's board and districts' board.

    The route calls the same functions.
    """
    points = {}
    for period in Period:
        own = standing_of(store, who, period, today).points
        rows = people_board(store, period, today).rows
        points[f"{period} standing"] = own
        points[f"{period} named"] = next((r.points for r in rows if r.observer_id == who), own)
        board = districts_board(store, period, today, RESIDENTS)
        points[f"{period} districts"] = sum(row.points for row in board.rows)
    return points


def _here(store: Store) -> Watcher:
    return Watcher(lambda who: points_on_boards(store, who, TODAY), lambda: None)


def _elsewhere(url: str) -> Watcher:
    """A second process with a store of its own, which answers lines."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.boards", url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip

    def points(who: UUID) -> dict[str, int]:
        assert process.stdin and process.stdout
        process.stdin.write(f"{who}\n")
        process.stdin.flush()
        return {k: int(v) for k, v in (p.split("=") for p in process.stdout.readline().split(";"))}

    def close() -> None:
        assert process.stdin
        process.stdin.close()
        process.wait(timeout=20)

    return Watcher(points, close)


def _soon_right(
    store: Store, me: UUID, where: str, watcher: Callable[[], Watcher]
) -> Iterator[Measurement]:
    watching = watcher()
    before, cause = watching.points(me), new_id()
    with store.transaction() as tx:
        award(tx, me, CauseKind.SELF_REPORT, cause, 7, NOW)
    yield _right(watching, me, {name: n + 7 for name, n in before.items()}, f"{where}: entry")
    with store.transaction() as tx:
        reverse(tx, CauseKind.SELF_REPORT, cause, NOW)
    yield _right(watching, me, before, f"{where}: reversal")
    watching.close()


def _right(watching: Watcher, me: UUID, expected: dict[str, int], what: str) -> Measurement:
    started = time.perf_counter()
    while watching.points(me) != expected and time.perf_counter() - started < 10:
        pass
    seconds = time.perf_counter() - started
    name = f"boards{what} is on every board after"
    return Measurement(name, seconds, None, "s", len(expected), at_most=RIGHT_GOAL_S)


def _watch(url: str) -> None:
    """The second process: it reads an observer's id a line and writes the boards' points a line."""
    store = open_store(url)
    for line in sys.stdin:
        points = points_on_boards(store, UUID(line.strip()), TODAY)
        sys.stdout.write(";".join(f"{name}={n}" for name, n in points.items()) + "\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    _watch(sys.argv[1])
