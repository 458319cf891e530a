"""Tables that others made, read alike by every import: CSV in many dresses, or an Excel workbook.

Any encoding of Windows, Excel or a phone; commas, tabs, semicolons; a `sep=;` line; a title above
the heading; empty cells behind the last one. No row swallows another: a quote that is never closed
is a fault of its own row, and the rows behind it are read as what they are.
"""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from observations.base.lines import QUOTES, Line, Unreadable
from observations.base.workbooks import is_workbook, sheets

DELIMITERS = (",", "\t", ";", "|", chr(0xFF0C), chr(0xFF1B))  # the last two: , and ; in Chinese
QUOTE = '"'
HEADING_WITHIN = 20  # rows; a title and a remark may stand above the heading
TOO_LONG = "field larger than field limit"
_SEPARATOR = re.compile(r'^\ufeff?"?sep=(.)"?\s*$', re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Letters beyond ASCII that do not stand one by one inside a Latin word, as the e of Lemee may.
_ALONE = re.compile(r"[^\x00-\x7f]{2}|(?<![A-Za-z])[^\x00-\x7f](?![A-Za-z])")
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
IsHeading = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out: what parts its cells, and the number of its heading's row."""

    delimiter: str
    heading_line: int
    heading: list[str]

    @property
    def width(self) -> int:
        """The number of columns, without empty ones at the end."""
        return Line(0, self.heading).width


@dataclass(frozen=True)
class Table:
    """A whole table: its heading, the rows below it that are not empty, its encoding."""

    heading: list[str]
    lines: list[Line]
    encoding: str

    def by_column(self, line: Line) -> dict[str, str] | None:
        """The cells of a row by the heading's names; None for a row of another width, or a fault.

        Empty cells behind the last column do not count.
        """
        columns = Line(0, self.heading).width
        if line.fault or line.width > columns or len(line.cells) < columns:
            return None
        names = [name.strip() for name in self.heading[:columns]]
        return dict(zip(names, line.cells, strict=False))


def read_table(data: bytes, is_heading: IsHeading) -> Table:
    """A whole file as a table, with its first row as the heading where none is one.

    Raises `Unreadable` for what is neither text nor a workbook.
    """
    if is_workbook(data):
        return _of_sheets(sheets(io.BytesIO(data)), is_heading)
    encoding, text = decoded(data)
    return read_text(text, is_heading, encoding)


def read_text(text: str, is_heading: IsHeading, encoding: str = "UTF-8") -> Table:
    """The same of a text."""
    layout = layout_of(text, is_heading)
    try:
        stream = io.StringIO(text, newline="")
        lines = list(lines_of(stream, layout.delimiter, QUOTE, layout.width))
    except csv.Error as error:
        raise Unreadable from error
    return Table(layout.heading, _below(lines, layout.heading_line), encoding)


def _of_sheets(found: Iterable[list[Line]], is_heading: IsHeading) -> Table:
    first: Table | None = None
    for lines in found:
        at = heading_at(lines, is_heading)
        if at is not None:
            return Table(lines[at].cells, _below(lines, lines[at].number), "Excel")
        if first is None and lines:
            first = Table(lines[0].cells, _below(lines, lines[0].number), "Excel")
    return first or Table([], [], "Excel")


def _below(lines: Iterable[Line], heading_line: int) -> list[Line]:
    return [line for line in lines if line.number > heading_line and (line.width or line.fault)]


def heading_at(lines: Sequence[Line], is_heading: IsHeading) -> int | None:
    """Which of the first rows is the heading."""
    first = enumerate(lines[:HEADING_WITHIN])
    return next((k for k, line in first if is_heading(line.cells)), None)


def decoded(data: bytes) -> tuple[str, str]:
    """The encoding's name and the text: UTF-8, UTF-16 with its mark, or GB18030.

    Raises `Unreadable`, for a spreadsheet program's own file too, which contains zero bytes.
    """
    if data[:2] in _MARKS:
        attempts = [("UTF-16", _as(data, "utf-16"))]
    else:
        attempts = [("UTF-8", _as(data, "utf-8-sig")), ("GB18030", _as(data, "gb18030"))]
    read = [(name, text) for name, text in attempts if text is not None]
    if not read:
        raise Unreadable
    if not _ALONE.search(read[0][1]):
        return read[0]
    # some words of GB18030 are valid UTF-8 too: the reading with Chinese characters is right then
    return next(((name, text) for name, text in read if _HAN.search(text)), read[0])


def _as(data: bytes, encoding: str) -> str | None:
    """The text; None where it is not in this encoding."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def layout_of(start: str, is_heading: IsHeading) -> Layout:
    """The layout of a text by its beginning.

    Where no row is a heading, the first one stands for it, parted by the most frequent sign.
    """
    first = start.partition("\n")[0]
    separator = _SEPARATOR.match(first.rstrip("\r"))
    most = sorted(DELIMITERS, key=first.count, reverse=True)
    for delimiter in [separator[1]] if separator else most:
        lines = _first_lines(start, delimiter)
        at = heading_at(lines, is_heading)
        if at is not None:
            return Layout(delimiter, lines[at].number, lines[at].cells)
    delimiter = separator[1] if separator else most[0]
    rest = _first_lines(start, delimiter)[1 if separator else 0 :]
    return Layout(delimiter, rest[0].number, rest[0].cells) if rest else Layout(delimiter, 1, [])


def _first_lines(start: str, delimiter: str) -> list[Line]:
    try:
        reading = lines_of(io.StringIO(start, newline=""), delimiter, QUOTE)
        return list(islice(reading, HEADING_WITHIN))
    except csv.Error:
        return []


def lines_of(
    text: Iterable[str], delimiter: str, quote: str, width: int | None = None
) -> Iterator[Line]:
    """Every row of a text; numbers count rows, not the lines of a cell.

    `quote` "" means that none are used; `width` is the number of columns, None the most that were
    read. Raises `csv.Error` for a cell that is too long.
    """
    if not quote:
        rows = csv.reader(text, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        yield from (Line(number, cells) for number, cells in enumerate(rows, start=1))
        return
    physical = _PhysicalLines(text)
    reader = csv.reader(physical, delimiter=delimiter, quotechar=quote, strict=True)
    number, widest, taken = 0, 0, physical.taken
    while True:
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if not taken or (len(taken) == 1 and TOO_LONG in str(error)):
                raise
            cells = []
        number += 1
        widest = max(widest, len(cells))
        if cells and not _has_swallowed(taken, delimiter, width or widest):
            yield Line(number, cells, is_spread=len(taken) > 1)
        elif taken[0].strip():
            yield Line(number, taken[0].rstrip("\r\n").split(delimiter), QUOTES)
            physical.give_back(taken[1:])
            reader = csv.reader(physical, delimiter=delimiter, quotechar=quote, strict=True)
        else:
            yield Line(number, [])


def _has_swallowed(taken: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a row of several lines holds a line that is a row by itself."""
    return len(taken) > 1 and any(line.count(delimiter) + 1 >= width for line in taken[1:])


class _PhysicalLines:
    """The lines of a text for a reader; `taken` are those of its current row."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = iter(text)
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> "_PhysicalLines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._text)
        self.taken.append(line)
        return line

    def give_back(self, lines: Sequence[str]) -> None:
        """Let these lines be read again."""
        self._again.extendleft(reversed(lines))
