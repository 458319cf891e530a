"""All rows of a store, for comparisons: before and after, here and restored."""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.store import Store


def answer_of(store: "Store", statement: str) -> object:
    """The one value that a statement gives, for what no page asks."""
    with store._engine.snapshot() as connection:
        (value,) = connection.execute(statement).fetchone()
        return value


def every_row(store: "Store") -> dict[str, list[str]]:
    """Every row of every table as text; the engines have different time zones for UTC."""
    engine = store._engine
    with engine.snapshot() as connection:
        return {
            table: sorted(
                str([one.isoformat() if isinstance(one, datetime) else one for one in row])
                for row in connection.execute(f"select * from {table}").fetchall()
            )
            for table in engine.tables(connection)
            if table != "schema_migration"
        }
