"""Queries for some rows use an index and do not read a growing table whole.

Each named block is explained on a PostgreSQL that is full enough for the planner to care.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product
from typing import Any
from uuid import UUID

import psycopg
import pytest

from db.ask import FOLDER
from db.filters import CONDITIONS, PLACE_OF_CONDITIONS, statements
from tests.support.filled import FIRST_ID, ID_STEP, growing, types

PAPER = FOLDER.parent / "docs" / "scaling.md"
FILES = sorted((FOLDER / "queries").glob("*.sql"))
PARAMETER = re.compile(r"(?<!:):([a-z]\w*)")
BY_TYPE: dict[str, Any] = {
    "uuid": UUID(f"{FIRST_ID + ID_STEP * 7:012x}" + 20 * "0"),
    "text": "word 7",
    "int2": 3,
    "int4": 7,
    "int8": 7,
    "numeric": Decimal(1),
    "bool": True,
    "date": date(2024, 2, 1),
    "timestamptz": datetime(2024, 2, 1, tzinfo=UTC),
    "float8": 30.1,
}
BY_NAME: dict[str, Any] = {
    "everywhere": False,
    "first_day": date(2024, 1, 2),
    "cells": ["873077"],
    "grids": [10],
    "home_district": "33017",
    "kind": None,
    "maximum": 20,
    "period": "week",
    "turn": None,
    "wave_id": "2026Q7",
    "worked_since": datetime(2024, 9, 1, tzinfo=UTC),
}


# Blocks that read a growing table whole, and why they have to.
WHOLE = {
    "the map of the whole city counts every record once, and what it counts is held": {
        "map": {
            *("groups", "cells", "quarters", "squares", "districts", "tallies", "by_month"),
            *("richness_6", "richness_7", "richness_8", "richness_9", "seen_at"),
        },
        "taxa": {"name_rows"},
    },
    "what a place lacks is told by all that is recorded there, and held for ten minutes": {
        "festivals": {"gaps"},
    },
    "the projections and the boards are made anew from everything": {
        "map": {
            *("public_places", "unpublish_all", "empty_counts", "count_all"),
            "drop_photos_of_nothing",
        },
        "datasets": {"unpublish_all"},
        "points": {
            *("rebuild", "rebuild_empty", "rebuild_districts", "rebuild_homes", "empty_homes"),
            *("confirm_all", "unconfirm_all"),
        },
    },
    "staff look at all that waits, by what no index holds": {
        "desk": {"waiting"},
        "verification": {"filtered_queue"},
    },
    "a comparison of the whole projection says how far it is, and counts what is in it": {
        "map": {"sightings", "wrong_counts"},
        "occurrences": {"wrong_generalised_photos"},
        "datasets": {"wrong_records"},
        "points": {"wrong_holders", "district_differences"},
    },
    "rows that are added up, and gathered into few every ten minutes": {
        "map": {"stamp", "stamp_rows", "empty_stamp", "fresh_counts", "drop_fresh_counts"},
        "points": {"district_tallies", "district_rows", "empty_districts"},
    },
    "the archive of open data, and what tells its editions apart, hold everything": {
        "exchange": {"extent", "digests"},
    },
    "a dataset is imported, withdrawn or follows the checklist as one piece": {
        "datasets": {"unpublish", "unlinked_names", "link_names"},
    },
    "the last publication of each wave: two dozen rows a quarter": {"publications": {"last"}},
    "the leases are at most one a verifier": {"verification": {"end_leases", "queue"}},
    "the first few rows that come": {"media": {"some_photos"}},
    "how many photos there are, every ten minutes": {"media": {"count_digests"}},
    "a nightly comparison of everything with everything": {
        "occurrences": {"unused_uploads", "photo_hashes", "public_places"},
    },
    "asked once, when demo data is made or a server starts": {
        "demo": {"traces", "weigh_reviews", "forget_seals"},
        "people": {"count_demo_observers"},
    },
    "every team of a period is ranked": {"points": {"leading_teams"}},
    "staff look for letters inside of names": {"moderation": {"named"}, "log": {"told"}},
    "an admin tries a rule on the past": {"desk": {"past"}},
    "a list for staff that shows all there are": {
        "actions": {"batches"},
        "points": {"teams"},
        "satisfaction": {"handouts"},
        "order": {"open_appeals", "flagged"},
    },
}
# Indices of the few rows that wait for the desk: one that is read whole is not the table.
OF_WHAT_WAITS = {"review_queue", "review_waiting_day"}
EXCUSED = {
    (room, name) for rooms in WHOLE.values() for room, names in rooms.items() for name in names
}
BLOCKS = {(file.stem, name) for file in FILES for name in statements(file)}
# Filters of the map that ask for few rows, of what citizens saw and of what the surveys imported.
KEYS = ("taxon", "cell", "fine_cell", "single", "box")
SOURCES = ("released_occurrence", "surveyed_occurrence")


@pytest.fixture
def full(full_postgresql_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to a filled database."""
    with psycopg.connect(full_postgresql_url, autocommit=True) as connection:
        yield connection


def scanned(connection: psycopg.Connection[Any], sql: str) -> set[str]:
    """The growing tables that a statement reads whole."""
    names = list(dict.fromkeys(PARAMETER.findall(sql)))
    text = PARAMETER.sub(lambda match: f"${names.index(match[1]) + 1}", sql.rstrip().rstrip(";"))
    values = [
        _value(connection, *pair) for pair in zip(names, _types(connection, text), strict=True)
    ]
    with psycopg.RawCursor(connection) as cursor:
        [[[plan]]] = cursor.execute("explain (format json) " + text, values).fetchall()
    return set(_scans(plan["Plan"])) & set(growing(connection))


def _types(connection: psycopg.Connection[Any], text: str) -> list[int]:
    """The types of a statement's parameters, as PostgreSQL itself sees them."""
    prepared = connection.pgconn.prepare(b"", text.encode())
    assert prepared.status == psycopg.pq.ExecStatus.COMMAND_OK, prepared.error_message
    described = connection.pgconn.describe_prepared(b"")
    return [described.param_type(position) for position in range(described.nparams)]


def _value(connection: psycopg.Connection[Any], name: str, oid: int) -> Any:
    if name in BY_NAME:
        return BY_NAME[name]
    kind = connection.adapters.types[oid]
    value = BY_TYPE[kind.name]
    return [value] if oid == kind.array_oid else value


def _scans(node: dict[str, Any], first_few: bool = False) -> Iterator[str]:
    """Tables read whole, in their own order or in an index's.

    An index that gives the first few rows in their order is not read whole.
    """
    few = first_few or node["Node Type"] == "Limit"
    by_index = node["Node Type"] in {"Index Scan", "Index Only Scan"}
    by_index = by_index and node["Index Name"] not in OF_WHAT_WAITS
    if node["Node Type"] == "Seq Scan" or (by_index and not _narrows(node) and not few):
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _scans(child, few)


def _narrows(node: dict[str, Any]) -> bool:
    """Whether an index is asked for some of its rows; those that are not null are all."""
    condition = node.get("Index Cond", "")
    return bool(condition) and not re.fullmatch(r"\(\w+ IS NOT NULL\)", condition)


def statement(room: str, name: str) -> str:
    return statements(FOLDER / "queries" / f"{room}.sql")[name]


def test_what_is_asked_by_key_is_found_by_an_index(full: psycopg.Connection[Any]) -> None:
    found = {block: scanned(full, statement(*block)) for block in sorted(BLOCKS - EXCUSED)}
    assert {block: tables for block, tables in found.items() if tables} == {}


@pytest.mark.parametrize("source", SOURCES)
def test_a_narrow_filter_of_the_map_is_found_by_an_index(
    full: psycopg.Connection[Any], source: str
) -> None:
    for name, key in product(("listed", "page_from", "cells", "tallies", "by_month"), KEYS):
        statement_text = statement("map", name).replace(PLACE_OF_CONDITIONS, CONDITIONS[key])
        assert scanned(full, statement_text.replace(SOURCES[0], source)) == set(), (name, key)


@pytest.mark.parametrize("source", SOURCES)
def test_pages_of_records_are_found_by_their_order(
    full: psycopg.Connection[Any], source: str
) -> None:
    for name in ("listed", "page_from", "page_after"):
        statement_text = statement("map", name).replace(SOURCES[0], source)
        assert scanned(full, statement_text) == set(), name


def test_only_blocks_that_there_are_and_that_read_a_table_whole_are_excused(
    full: psycopg.Connection[Any],
) -> None:
    assert not EXCUSED - BLOCKS
    assert [block for block in sorted(EXCUSED) if not scanned(full, statement(*block))] == []


@pytest.mark.parametrize(
    ("index", "table", "block"),
    [
        ("released_occurrence_id", "released_occurrence", ("occurrences", "unpublish")),
        ("decision_verifier", "decision", ("verification", "last_decided_by")),
    ],
)
def test_a_missing_index_is_noticed(
    full: psycopg.Connection[Any], index: str, table: str, block: tuple[str, str]
) -> None:
    with full.transaction(force_rollback=True):
        full.execute(f"drop index {index}")
        assert table in scanned(full, statement(*block))


def test_the_paper_on_scaling_names_the_column_of_each_growing_table(
    full: psycopg.Connection[Any],
) -> None:
    """And the unique keys without it, which a database spread over machines cannot keep."""
    rows = re.findall(r"^\| `(\w+)` \| (?:`(\w+)`|none: .*?) \| (.*) \|$", PAPER.read_text(), re.M)
    assert [row[0] for row in rows] == growing(full)
    for table, column, keys in rows:
        assert not column or column in types(full, table)
        without = [set(key) for key in unique_keys(full, table) if column not in key]
        said = [set(re.findall(r"`(\w+)`", key)) for key in keys.split(";") if "`" in key]
        assert not column or sorted(map(sorted, said)) == sorted(map(sorted, without))


def unique_keys(connection: psycopg.Connection[Any], table: str) -> list[list[str]]:
    """The columns of each unique index."""
    sql = """select array(select a.attname::text from pg_attribute a
            where a.attrelid = i.indrelid and a.attnum = any(i.indkey))
        from pg_index i where i.indisunique and i.indrelid = %s::regclass"""
    return [row[0] for row in connection.execute(sql, (table,)).fetchall()]
