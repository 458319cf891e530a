"""Words of vocabularies as people write them: present or absent, captive or wild, sure or not.

`words.csv` lists those of each use; they are compared without case, blanks, hyphens and full stops.
"""

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("words.csv")
REMEMBERED = 5_000
_BETWEEN = re.compile(r"(?<=\w)[\s_.\-]+(?=\w)")
_ENDS = r"[\s.,;:!\u3002\uff0c\uff1b'\"\u201c\u201d()\[\]_]+"
_AROUND = re.compile(f"^{_ENDS}|{_ENDS}$")


@cache
def words(use: str) -> frozenset[str]:
    """The folded words of a use."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = {row["use"]: row["words"] for row in csv.DictReader(file)}
    return frozenset(folded(word) for word in rows[use].split())


@lru_cache(REMEMBERED)
def folded(text: str) -> str:
    """A word in lower case, without blanks and hyphens inside it and stops around it."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN.sub("", _AROUND.sub("", plain))


def is_one_of(text: str, use: str) -> bool:
    """Whether a cell's word is one of a use."""
    return folded(text) in words(use)
