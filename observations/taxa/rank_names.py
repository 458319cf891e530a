"""The Chinese names of classes, orders and families: 雁形目 for Anseriformes.

`rank_names.csv` is from general knowledge, as the checklist is; a rank whose name is not settled is
left out, and is then shown by its Latin name alone.
"""

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("rank_names.csv")


def chinese_rank(latin: str) -> str:
    """The Chinese name of a class, order or family by its Latin one; empty where none is known."""
    return _table().get(latin, "")


@cache
def _table() -> dict[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["rank"]: row["name"] for row in csv.DictReader(rows)}
