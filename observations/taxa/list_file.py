"""Reading a list of taxa: a table as spreadsheets and databases write it, in Darwin Core terms.

Columns: Darwin Core terms in any case, with `dwc:` or as URLs, or the Chinese headings of
`columns.csv`. `observations.base.tables` says which files are read.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from observations.base.errors import Refused
from observations.base.lines import Unreadable
from observations.base.tables import Table, read_table

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 300_000
WORDS = Path(__file__).with_name("columns.csv")
REPEATED = frozenset({"vernacularname"})  # several columns with this term are joined
WORDED = frozenset(["kingdom", "taxonomicstatus", "taxonrank", "nationalprotection", "invasive"])
JOINT = "|"
FIELD = "file"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: its number in the file, and its values by term in lower case.

    `is_whole` is False where it has fewer columns than the heading, or more that are not empty, or
    a quote that is never closed.
    """

    line: int
    values: dict[str, str]
    is_whole: bool

    def __getitem__(self, term: str) -> str:
        return self.values.get(term, "")


@dataclass(frozen=True, slots=True)
class TaxonList:
    """A list that was read."""

    name: str
    encoding: str
    rows: list[Row]


def read_list(name: str, data: bytes) -> TaxonList:
    """The rows of a file.

    Raises `Refused`: `checklist.too_large`, `checklist.unreadable`, `checklist.no_names` (no column
    of scientific names), `checklist.empty`.
    """
    if len(data) > MOST_BYTES:
        raise Refused("checklist.too_large", FIELD, limit=MOST_BYTES // 2**20)
    try:
        table = read_table(data, _is_heading)
    except Unreadable:
        raise Refused("checklist.unreadable", FIELD) from None
    rows = list(_rows(table))
    if not rows:
        raise Refused("checklist.empty", FIELD)
    if len(rows) > MOST_ROWS:
        raise Refused("checklist.too_large", FIELD, limit=MOST_BYTES // 2**20)
    return TaxonList(name, table.encoding, rows)


def _is_heading(cells: Sequence[str]) -> bool:
    return "scientificname" in map(_term, cells)


def _rows(table: Table) -> Iterator[Row]:
    terms = [_term(heading) for heading in table.heading]
    if "scientificname" not in terms:
        raise Refused("checklist.no_names", FIELD)
    for line in table.lines:
        is_whole = not line.fault and line.width <= len(terms) <= len(line.cells)
        yield Row(line.number, _values(terms, line.cells), is_whole)


def _values(terms: list[str], cells: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for term, cell in zip(terms, cells, strict=False):
        value = " ".join(cell.split())
        value = _words("value").get(value, value) if term in WORDED else value
        if term in REPEATED and value and values.get(term):
            value = f"{values[term]}{JOINT}{value}"
        if value or term not in values:
            values[term] = value
    return values


def _term(heading: str) -> str:
    """`scientificname` for `dwc:scientificName`, its URL, or its Chinese name."""
    plain = heading.strip().rsplit("/", 1)[-1].rsplit(":", 1)[-1].casefold()
    return _words("heading").get(plain, plain)


@cache
def _words(kind: str) -> dict[str, str]:
    """The Chinese words for a `heading` or a `value`."""
    with WORDS.open(encoding="utf-8", newline="") as rows:
        return {r["written"]: r["term"] for r in csv.DictReader(rows) if r["kind"] == kind}
