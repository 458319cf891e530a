"""The fields that the form shows for each group of the checklist.

`group_rules.csv` beside this module is the table. Plants and fungi are not counted: their
individuals cannot be told apart. For plants the form asks whether they grew by themselves.
`high_count` is an editorial choice, no record of nature: a higher count is pointed out to the
observer and to the verifier.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from observations.taxa.taxon import Group

TABLE = Path(__file__).with_name("group_rules.csv")
ELSE_HIGH = 500  # where the group is not known


@dataclass(frozen=True)
class GroupRule:
    """The fields of one group; `high_count` in individuals, None where nothing is counted."""

    is_counted: bool
    asks_origin: bool
    high_count: int | None


def _rules() -> dict[Group, GroupRule]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {Group(row["group_code"]): _rule(row) for row in csv.DictReader(rows)}


def _rule(row: dict[str, str]) -> GroupRule:
    high = row["high_count"]
    return GroupRule(
        row["is_counted"] == "yes", row["asks_origin"] == "yes", int(high or 0) or None
    )


GROUP_RULES: dict[Group, GroupRule] = _rules()
"""The rules of all nine groups."""


def is_counted(group: Group | None) -> bool:
    """Whether individuals of the group are counted; True for an unknown group."""
    return group is None or GROUP_RULES[group].is_counted


def asks_origin(group: Group | None) -> bool:
    """Whether the form asks if one of the group is wild or planted."""
    return group is not None and GROUP_RULES[group].asks_origin


def high_count(group: Group | None) -> int:
    """The count, in individuals, above which observer and verifier are asked to look again."""
    return (GROUP_RULES[group].high_count if group else None) or ELSE_HIGH
