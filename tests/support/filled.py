"""A PostgreSQL database like that of a city in its third year.

Every growing table is long, and the planner's statistics are there. Rows differ and refer to each
other as real ones do; their content does not matter.
"""

from collections.abc import Mapping
from typing import Any

import psycopg

ROWS = 6_000
# Ids have times, as the real ones do: from 2020 on, one every ten hours.
FIRST_ID, ID_STEP = 1_577_836_800_000, 36_000_000
# Lists by staff or by the program, which a query may read whole.
SHORT_LISTS = frozenset(
    {
        "action",
        "announced_record",
        "assignment",
        "auto_rule",
        "case_closing",
        "case_description",
        "case_opinion",
        "discovery_case",
        "festival",
        "festival_team",
        "imported_score",
        "margin",
        "named_place",
        "new_record",
        "official_score",
        "reference_data",
        "reply",
        "set_aside",
        "suspension",
        "schema_migration",
        "site",
        "staff",
        "staff_identity",
        "staff_mail",
        "staff_observer",
        "staff_second_step",
        "staff_spare_code",
        "survey_dataset",
        "survey_import",
        "taxon",
        "taxon_name",
        "taxon_stamp",
        "theme_answer",
        "wave",
        "wave_step",
        "store_identity",
    }
)
PEOPLE = "1 + n % 1500"
# Columns that are unique in their own table, though in others they have few values.
KEYS = {
    "confirmed_observer": "observer_id",
    "device": "device_id",
    "home_tally": "observer_id",
    "log_seal": "position",
    "observer": "observer_id",
    "tally": "holder_id",
    "team": "team_id",
}
# Columns of one table that other tables may leave empty.
OF_ONE_TABLE = {("flag", "reason"): "'spam'"}
BY_TYPE = {
    "uuid": "n",
    "text": "'word ' || n",
    "integer": "1 + n % 3",
    "bigint": "1 + n % 900",
    "smallint": "1 + n % 5",
    "numeric": "1 + n % 3",
    "boolean": "n % 50 = 0",
    "date": "date '2024-01-01' + n % 900",
    "timestamp with time zone": "timestamptz '2024-01-01' + n * interval '1 hour'",
    "double precision": "30 + n % 997 / 1000.0",
}
BY_COLUMN = {
    **dict.fromkeys(("observer_id", "device_id", "holder_id"), PEOPLE),
    **dict.fromkeys(("staff_id", "decided_by_staff"), "1 + n % 40"),
    "team_id": "1 + n % 400",
    "taxon_id": "1 + n % 600",
    **dict.fromkeys(("erased_at", "hidden_at", "previous_decision_id", "reason"), "null"),
    "on_boards": "n % 2 = 0",
    "first_day": "date '2024-01-01' + n % 4",
    "last_day": "date '2026-01-01'",
    **dict.fromkeys(("grid", "square"), "case when n % 20 = 0 then 100 end"),
    "dataset_id": "1 + n % 40",
    "wave_id": "'2026Q' || n % 40",
    "period": "'week'",
    "holder_kind": "case when n % 30 = 0 then 'team' else 'person' end",
    "home_district": "'3301' || n % 13",
    "district": "'3301' || n % 13",
    "cell_city": "'8730' || n % 700",
    "cell_quarter": "'8930' || n % 5000",
    "from_account": "'city'",
    "verdict": "'accept'",
    "kind": "'occurrence'",
    "closes_at": "timestamptz '2030-01-01'",
    "full_points": "9",
}


def fill(url: str, longer: Mapping[str, int] | None = None) -> None:
    """Fill every growing table of a migrated database.

    `longer` names tables that get more rows than the others, with their numbers. It vacuums here,
    since the server's own vacuum could come at any moment and change plans.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        for table in growing(connection):
            columns = types(connection, table)
            names, rows = ", ".join(columns), (longer or {}).get(table, ROWS)
            values = ", ".join(_value(table, name, kind) for name, kind in columns.items())
            connection.execute(
                f"insert into {table} ({names}) select {values}"
                f" from generate_series(1, {rows}) as s(n) on conflict do nothing"
            )
        connection.execute("vacuum analyze")


def growing(connection: psycopg.Connection[Any]) -> list[str]:
    """Tables that grow with what people do."""
    sql = "select tablename from pg_tables where schemaname = current_schema() order by 1"
    return [row[0] for row in connection.execute(sql) if row[0] not in SHORT_LISTS]


def types(connection: psycopg.Connection[Any], table: str) -> dict[str, str]:
    """The columns of a table with their types."""
    sql = "select column_name, data_type from information_schema.columns where table_name = %s"
    return dict(connection.execute(sql, (table,)).fetchall())


def _value(table: str, name: str, kind: str) -> str:
    usual = BY_COLUMN.get(name, BY_TYPE[kind])
    value = "n" if KEYS.get(table) == name else OF_ONE_TABLE.get((table, name), usual)
    if kind == "uuid" and value != "null":
        value = f"rpad(lpad(to_hex({FIRST_ID} + {ID_STEP}::bigint * ({value})), 12, '0'), 32, '0')"
    return f"cast({value} as {kind})"
