"""The texts of the demo's people, from `phrases.csv`. They are shown untranslated."""

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("phrases.csv")


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        found = list(csv.DictReader(rows))
    kinds = dict.fromkeys(row["kind"] for row in found)
    return {kind: tuple(row["text"] for row in found if row["kind"] == kind) for kind in kinds}


def phrases(kind: str) -> tuple[str, ...]:
    """Every text of one kind."""
    return _phrases()[kind]
