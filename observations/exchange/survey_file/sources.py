"""A file of survey rows: a Darwin Core Archive, a CSV, a workbook, as rows of named cells."""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple
from zipfile import ZipFile

from observations.base.errors import Refused
from observations.base.lines import Line, Unreadable
from observations.base.tables import QUOTE, Layout, heading_at, layout_of, lines_of
from observations.base.workbooks import INSIDE, sheets
from observations.exchange.survey_file.headers import missing_columns, terms_of
from observations.exchange.survey_file.meta import (
    LARGEST_XML,
    Described,
    Meta,
    Table,
    read_eml,
    read_meta,
)
from observations.exchange.survey_file.zips import (
    member_at,
    members_named,
    opened_member,
    opened_zip,
)

CHUNK = 1024 * 1024
SNIFFED = 64 * 1024
ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
FEWEST_TERMS = 2  # what a heading has at least, though columns are missing
# A cell of the file, or a default value of a whole column.
Cells = Mapping[str, str]


class Row(NamedTuple):
    """One row: its number in the file, from 1, header lines included; its cells by term.

    `width` is up to its last cell that is not empty, `expected` the number of columns, `fault` a
    problem of the row as it stands; `is_spread`: a cell goes over several lines.
    """

    line: int
    cells: Cells
    width: int
    expected: int
    fault: str = ""
    is_spread: bool = False


class Source:
    """An open file. Each call of `rows` or `references` reads it from the start."""

    def __init__(self, path: Path, table: Table, described: Described) -> None:
        self.path = path
        self.described = described
        self.table = table
        self.archive: ZipFile | None = None
        self.extensions: tuple[Table, ...] = ()
        self.sheet: list[Line] | None = None

    def rows(self) -> Iterator[Row]:
        """Every row.

        Raises `Refused`: `dataset.encoding`, `dataset.csv_broken`, `dataset.zip_broken`, each with
        the row.
        """
        expected = self.table.width
        is_first = not self.table.header_lines
        headers, least = self.table.header_lines, self.table.width
        for line in self._lines(self.table):
            width = line.width
            if line.number == headers or is_first:
                expected, is_first = max(expected, width), False
            if line.number > headers and (width or line.fault):
                cells = _named(self.table, line.cells)
                is_whole = least <= len(line.cells) and width <= expected
                fault = line.fault or ("" if is_whole else "columns")
                yield Row(line.number, cells, width, expected, fault, line.is_spread)

    def references(self) -> Iterator[tuple[str, int, str]]:
        """For every row of every extension: file, row number, the core id it refers to.

        An extension whose encoding is not known is not needed, and left out.
        """
        for table in self.extensions:
            column = table.id_column
            for line in self._lines(table) if table.encoding else ():
                if line.number > table.header_lines and line.width:
                    has_id = column is not None and column < len(line.cells)
                    core_id = line.cells[column or 0].strip() if has_id else ""
                    yield table.locations[0], line.number, core_id

    def _lines(self, table: Table) -> Iterator[Line]:
        if self.sheet is not None:
            yield from self.sheet
            return
        before = 0
        for location in table.locations:
            number = 0
            for line in self._lines_at(location, table):
                number = line.number
                is_heading_again = before and number <= table.header_lines
                if not is_heading_again:
                    yield line._replace(number=before + number) if before else line
            before += number

    def _lines_at(self, location: str, table: Table) -> Iterator[Line]:
        is_needed = table is self.table
        with ExitStack() as stack:
            raw = stack.enter_context(self._open(location))
            errors = "strict" if is_needed else "replace"
            text = stack.enter_context(
                io.TextIOWrapper(raw, table.encoding, errors=errors, newline="")
            )
            number = 0
            try:
                for line in lines_of(text, table.delimiter, table.quote, table.width):
                    number = line.number
                    yield line
            except UnicodeError as error:
                raise Refused("dataset.encoding", "file", line=number + 1) from error
            except csv.Error as error:
                raise Refused("dataset.csv_broken", "file", line=number + 1) from error

    def _open(self, location: str) -> IO[bytes]:
        if self.archive is None:
            return self.path.open("rb")
        return opened_member(self.archive, location)


def _named(table: Table, cells: Sequence[str]) -> dict[str, str]:
    values = dict(table.defaults)
    for term, column in table.columns.items():
        if column < len(cells) and (text := cells[column].strip()):
            values[term] = text
    return values


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a file during the block.

    Raises `Refused`, nothing changed: `dataset.file_missing`, `dataset.is_xml`, `dataset.is_excel`,
    `dataset.encoding`, `dataset.columns_missing`, `dataset.meta_missing` and what `zips` and `meta`
    refuse.
    """
    try:
        start = path.open("rb").read(SNIFFED)
    except OSError as error:
        raise Refused("dataset.file_missing", "file", name=path.name) from error
    if start.startswith(OLE_MAGIC):
        raise Refused("dataset.is_excel", "file", name=path.name)
    if start.startswith(ZIP_MAGIC) or path.suffix.lower() == ".zip":
        with opened_zip(path) as archive:
            is_workbook = not members_named(archive, "meta.xml") and INSIDE in archive.namelist()
            yield _workbook(path) if is_workbook else _archived(path, archive)
        return
    if start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise Refused("dataset.is_xml", "file", name=path.name)
    yield _plain(path)


def fingerprint(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _archived(path: Path, archive: ZipFile) -> Source:
    metas = members_named(archive, "meta.xml")
    if not metas:
        raise Refused("dataset.meta_missing", "file")
    if len(metas) > 1 and metas[0].count("/") == metas[1].count("/"):
        raise Refused("dataset.meta_unreadable", "file", name="meta.xml")
    meta = read_meta(_xml(archive, metas[0]))
    folder = metas[0][: -len("meta.xml")]
    core, *extensions = (
        _with_members(archive, folder, table) for table in (meta.core, *meta.extensions)
    )
    source = Source(path, _with_terms(core), _described(archive, meta, folder))
    source.archive, source.extensions = archive, tuple(extensions)
    return source


def _with_members(archive: ZipFile, folder: str, table: Table) -> Table:
    """The table with the members of the archive that its locations mean."""
    members = []
    for location in table.locations:
        member = member_at(archive, folder + location)
        if member is None:
            raise Refused("dataset.member_missing", "file", name=location)
        members.append(member)
    return replace(table, locations=tuple(members))


def _described(archive: ZipFile, meta: Meta, folder: str) -> Described:
    name = member_at(archive, folder + (meta.metadata or "eml.xml"))
    return read_eml(_xml(archive, name)) if name else Described()


def _xml(archive: ZipFile, name: str) -> bytes:
    """A member of the archive, up to one byte more than `parse` accepts."""
    with opened_member(archive, name) as member:
        return member.read(LARGEST_XML + 1)


def _with_terms(core: Table) -> Table:
    """The core with our names for its columns; its id replaces a missing occurrenceID."""
    names = list(core.columns)
    columns = {term: core.columns[names[k]] for term, k in terms_of(names).items()}
    constants = list(core.defaults)
    defaults = {term: core.defaults[constants[k]] for term, k in terms_of(constants).items()}
    if core.id_column is not None:
        columns.setdefault("occurrenceID", core.id_column)
        columns["coreID"] = core.id_column  # which extensions refer to
    _require({**dict.fromkeys(defaults, 0), **columns})
    return replace(core, columns=columns, defaults=defaults)


def _require(columns: dict[str, int]) -> None:
    if missing := missing_columns(columns):
        raise Refused("dataset.columns_missing", "file", columns=", ".join(missing))


def _is_heading(cells: Sequence[str]) -> bool:
    return not missing_columns(terms_of(cells))


def _is_nearly_heading(cells: Sequence[str]) -> bool:
    return len(terms_of(cells)) >= FEWEST_TERMS


def _plain(path: Path) -> Source:
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(SNIFFED)
    layout = layout_of(start, _is_heading)
    if not _is_heading(layout.heading):
        layout = layout_of(start, _is_nearly_heading)
    return _laid_out(path, encoding, layout)


def _laid_out(path: Path, encoding: str, layout: Layout) -> Source:
    columns = terms_of(layout.heading)
    _require(columns)
    lines = layout.heading_line
    table = Table((path.name,), encoding, layout.delimiter, QUOTE, lines, None, columns)
    return Source(path, table, Described(title=PurePosixPath(path.name).stem))


def _workbook(path: Path) -> Source:
    """The first sheet of a workbook that has the columns of a survey."""
    try:
        with path.open("rb") as file:
            filled = [sheet for sheet in sheets(file) if sheet]
    except Unreadable as error:
        raise Refused("dataset.is_excel", "file", name=path.name) from error
    for is_heading in (_is_heading, _is_nearly_heading):
        for sheet in filled:
            at = heading_at(sheet, is_heading)
            if at is not None:
                layout = Layout(",", sheet[at].number, sheet[at].cells)
                source = _laid_out(path, "utf-8", layout)
                source.sheet = sheet
                return source
    raise Refused("dataset.columns_missing", "file", columns=", ".join(missing_columns({})))


def encoding_of(path: Path) -> str:
    """The encoding of a text file: UTF-8, UTF-16 with a byte order mark, or GB18030.

    UTF-8 may have Excel's byte order mark; GB18030 is what Chinese Excel writes. Raises
    `Refused("dataset.encoding")` with the line.
    """
    with path.open("rb") as file:
        has_mark = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    line: int | None = None
    for encoding in ("utf-16",) if has_mark else ("utf-8-sig", "gb18030"):
        if (line := _bad_line(path, encoding)) is None:
            return encoding
    raise Refused("dataset.encoding", "file", line=line)


def _bad_line(path: Path, encoding: str) -> int | None:
    """The first line that is not in this encoding, from 1; None where all are.

    A zero byte is in none of them: UTF-16 without its mark has many.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            try:
                text, zero, _ = decoder.decode(chunk, final=not chunk).partition("\0")
            except UnicodeDecodeError as error:
                good = error.object[: error.start].decode(encoding, "ignore")
                return line + good.count("\n")
            line += text.count("\n")
            if zero:
                return line
            if not chunk:
                return None
