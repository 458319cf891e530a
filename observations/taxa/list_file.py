"""Reading a list of taxa: CSV as spreadsheets and databases write it, into Darwin Core terms.

Encodings: UTF-8 with or without a byte order mark, UTF-16 with one, else GB18030. Columns: Darwin
Core terms in any case, with `dwc:` or as URLs, or the Chinese headings of `columns.csv`; separated
by commas, tabs or semicolons.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from observations.base.errors import Refused

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 300_000
WORDS = Path(__file__).with_name("columns.csv")
REPEATED = frozenset({"vernacularname"})  # several columns with this term are joined
WORDED = frozenset(["kingdom", "taxonomicstatus", "taxonrank", "nationalprotection", "invasive"])
JOINT = "|"
MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
HAN = re.compile(r"[\u4e00-\u9fff]")
SEPARATORS = "\t,;"
FIELD = "file"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: its last line in the file, and its values by term in lower case.

    `is_whole` is False where it has fewer columns than the heading, or more.
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
    encoding, text = _decoded(data)
    try:
        rows = list(_rows(text))
    except csv.Error:
        raise Refused("checklist.unreadable", FIELD) from None
    if not rows:
        raise Refused("checklist.empty", FIELD)
    if len(rows) > MOST_ROWS:
        raise Refused("checklist.too_large", FIELD, limit=MOST_BYTES // 2**20)
    return TaxonList(name, encoding, rows)


def _decoded(data: bytes) -> tuple[str, str]:
    """The encoding's name and the text.

    Raises `Refused` for a spreadsheet program's own file, which contains zero bytes.
    """
    if data[:2] in MARKS:
        text = _as(data, "utf-16")
        attempts = [("UTF-16", text)]
    else:
        attempts = [("UTF-8", _as(data, "utf-8-sig")), ("GB18030", _as(data, "gb18030"))]
    read = [(name, text) for name, text in attempts if text is not None]
    if not read:
        raise Refused("checklist.unreadable", FIELD)
    # some words of GB18030 are valid UTF-8 too: the reading with Chinese characters is right then
    return next(((name, text) for name, text in read if HAN.search(text)), read[0])


def _as(data: bytes, encoding: str) -> str | None:
    """The text; None where it is not in this encoding."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _rows(text: str) -> Iterator[Row]:
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    terms = [_term(heading) for heading in next(reader, [])]
    if "scientificname" not in terms:
        raise Refused("checklist.no_names", FIELD)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Row(reader.line_num, _values(terms, cells), len(cells) == len(terms))


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
