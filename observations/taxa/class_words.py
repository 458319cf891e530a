"""Words for a kind of living thing that people put after a name or leave out: 樟树, 白鹭鸟."""

import csv
import re
from pathlib import Path

from observations.taxa.taxon import Group

MOST = 2  # 桃花树
TABLE = Path(__file__).with_name("class_words.csv")


def _table() -> dict[str, frozenset[Group]]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {
            row["word"]: frozenset(map(Group, row["groups"].split(";")))
            for row in csv.DictReader(rows)
        }


_WORDS = _table()
_END = re.compile(f"(.+?)({'|'.join(sorted(_WORDS, key=len, reverse=True))})")
_LAST = frozenset(word[-1] for word in _WORDS)


def stems(name: str) -> list[tuple[str, frozenset[Group]]]:
    """A Chinese name without its last class word, then without the one before.

    Each with the groups that the words belong to; [] for a name without one, or that is one.
    """
    ways: list[tuple[str, frozenset[Group]]] = []
    while name[-1:] in _LAST and len(ways) < MOST and (match := _END.fullmatch(name)):
        name, word = match.groups()
        ways.append((name, ways[-1][1] & _WORDS[word] if ways else _WORDS[word]))
    return ways
