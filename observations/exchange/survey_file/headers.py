"""Which column is what: headers in Darwin Core, in iNaturalist's words or in Chinese.

The words stand in `headers.csv`, for each term the likeliest first.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("headers.csv")
NEEDED = ("occurrenceID", "decimalLatitude", "decimalLongitude")
NAMES = ("scientificName", "vernacularName")
DATES = ("eventDate", "year")


@cache
def _terms() -> dict[str, tuple[str, int]]:
    """Folded header -> (term, how likely: 0 is likeliest)."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {_folded(row["header"]): (row["term"], place) for place, row in enumerate(rows)}


def terms_of(headers: Sequence[str]) -> dict[str, int]:
    """For each term its column.

    Headers may carry a namespace (`dwc:eventDate`, a URL), blanks, units in brackets; what no term
    knows is left out.
    """
    columns: dict[str, tuple[int, int]] = {}
    for column, header in enumerate(headers):
        term, place = _terms().get(_folded(header), (None, 0))
        if term and (term not in columns or place < columns[term][0]):
            columns[term] = (place, column)
    return {term: column for term, (_, column) in columns.items()}


def missing_columns(terms: dict[str, int]) -> list[str]:
    """What a file must have and this one has not, by its Darwin Core term."""
    missing = [term for term in NEEDED if term not in terms]
    for choice in (NAMES, DATES):
        if not any(term in terms for term in choice):
            missing.append(choice[0])
    return missing


def _folded(header: str) -> str:
    """Lower case without namespace, brackets, blanks and underscores."""
    text = header.strip().strip("\ufeff").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    text = re.sub(r"^(dwc|dcterms|dc|gbif)[:_]", "", text, flags=re.IGNORECASE)
    text = re.sub(r"[(\uff08\[].*?[)\uff09\]]", "", text)
    return re.sub(r"[\s_\-:]+", "", text).casefold()
