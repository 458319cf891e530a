"""Searching names while typing at 100,000 names, beside a scan by SQL in the same run.

The list is synthetic (`bench/name_list.py`) and is imported as staff would into a new store on
DuckDB. Ours is the cost of a search for a caller of the API: the stamp of the names, the index, the
taxa and their other names read from the store. The floor is one `ilike` over the same names in the
same store, which finds Chinese and Latin, but no pinyin, no initials and no typing errors. The
queries are those of the acceptance test, for 40 taxa chosen with a seed; then the held-out everyday
names (`tests/observations/taxa/held_out`), among the same 100,000.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measurement import Measurement, percentile
from bench.name_list import as_csv
from db.opening import open_store
from db.store import Store
from observations.base.clock import now_utc
from observations.base.roles import Person, Role
from observations.exchange.taxon_list import import_list
from observations.taxa.current import CurrentIndex
from tests.support.checklist import seed_taxa
from tests.support.held_out_names import held_out, missed
from tests.support.name_queries import drawn, typed_for

ROWS = 100_000
SEEDS, FULL_SEEDS, TAXA = range(2), range(10), 40
GOAL_MS, GOAL_FOUND, GOAL_EVERYDAY, SHOWN, LISTED = 50, 0.95, 0.9, 3, 8
FLOOR = """select taxon_id from (
    select taxon_id, vernacular_name as name from taxon
    union all select taxon_id, scientific_name from taxon
    union all select taxon_id, english_name from taxon
    union all select taxon_id, name from taxon_name) as every_name
where name ilike '%' || :typed || '%' limit 8"""


def measure(full: bool = False) -> Iterator[Measurement]:
    """Import the list, search, compare."""
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder:
        store = open_store(f"duckdb:///{Path(folder) / 'names.duckdb'}")
        try:
            yield from _measured(store, FULL_SEEDS if full else SEEDS)
        finally:
            store.close()


def _measured(store: Store, seeds: range) -> Iterator[Measurement]:
    taxa = seed_taxa()
    began = time.perf_counter()
    admin = Person(role=Role.ADMIN)
    plan = import_list(store, admin, "synthetic.csv", as_csv(taxa, ROWS), now_utc())
    seconds = time.perf_counter() - began
    yield Measurement("name_search: taking 100,000 rows", seconds, None, "s", len(plan.taxa))
    current = CurrentIndex(store)
    began = time.perf_counter()
    current.index()
    seconds = time.perf_counter() - began
    yield Measurement("name_search: building the index", seconds, None, "s", len(current.index()))
    yield from _searched(store, current, seeds)
    for name, names in held_out().items():
        share = 1 - len(missed(current.index(), taxa, names)) / len(names)
        title = f"name_search: {name}, held out, in the first 3"
        yield Measurement(title, share, None, "", len(names), at_least=GOAL_EVERYDAY)


def _searched(store: Store, current: CurrentIndex, seeds: range) -> Iterator[Measurement]:
    ours: list[float] = []
    floor: list[float] = []
    in_first = 0
    taxa = seed_taxa()
    for query in (q for seed in seeds for q in typed_for(drawn(taxa, seed, TAXA), seed)):
        began = time.perf_counter()
        hits = current.find(query.query, limit=LISTED)
        between = time.perf_counter()
        store.taxa._fragment(FLOOR, typed=query.query)
        floor.append((time.perf_counter() - between) * 1000)
        ours.append((between - began) * 1000)
        first = {hit.taxon.taxon_id for hit in hits[:SHOWN]}
        in_first += query.taxon.taxon_id in first
    n = len(ours)
    for percent in (50, 95):
        ours_ms, floor_ms = percentile(ours, percent), percentile(floor, percent)
        name = f"name_search: p{percent} at 100,000 rows, beside SQL ilike"
        yield Measurement(name, ours_ms, floor_ms, "ms", n)
    p95 = percentile(ours, 95)
    yield Measurement("name_search: p95", p95, None, "ms", n, at_most=GOAL_MS)
    share = in_first / n
    yield Measurement("name_search: in the first 3", share, None, "", n, at_least=GOAL_FOUND)
