"""The terms of columns by their headers: Darwin Core's, iNaturalist's or Chinese ones.

`headers.csv` lists the headers of each term, the most likely first.
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
    """Normalised header -> (term, its place in the term's list; 0 is the most likely)."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {_folded(row["header"]): (row["term"], place) for place, row in enumerate(rows)}


def terms_of(headers: Sequence[str]) -> dict[str, int]:
    """The column of each term.

    Headers may have a namespace (`dwc:eventDate`, a URL), blanks, or units in brackets; unknown
    headers are left out.
    """
    columns: dict[str, tuple[int, int]] = {}
    for column, header in enumerate(headers):
        term, place = _terms().get(_folded(header), (None, 0))
        if term and (term not in columns or place < columns[term][0]):
            columns[term] = (place, column)
    return {term: column for term, (_, column) in columns.items()}


def missing_columns(terms: dict[str, int]) -> list[str]:
    """The required terms that have no column."""
    missing = [term for term in NEEDED if term not in terms]
    for choice in (NAMES, DATES):
        if not any(term in terms for term in choice):
            missing.append(choice[0])
    return missing


def _folded(header: str) -> str:
    """The header in lower case without namespace, brackets, blanks and underscores."""
    text = header.strip().strip("\ufeff").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    text = re.sub(r"^(dwc|dcterms|dc|gbif)[:_]", "", text, flags=re.IGNORECASE)
    text = re.sub(r"[(\uff08\[].*?[)\uff09\]]", "", text)
    return re.sub(r"[\s_\-:]+", "", text).casefold()
