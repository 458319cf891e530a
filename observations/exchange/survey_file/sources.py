"""A file of survey rows: a Darwin Core Archive or a CSV, read as rows of named cells."""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZipFile

from observations.base.errors import Refused
from observations.exchange.survey_file.headers import missing_columns, terms_of
from observations.exchange.survey_file.meta import (
    LARGEST_XML,
    Described,
    Meta,
    Table,
    read_eml,
    read_meta,
)
from observations.exchange.survey_file.zips import members_named, opened_member, opened_zip

CHUNK = 1024 * 1024
SNIFFED = 64 * 1024
DELIMITERS = (",", "\t", ";")
ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A cell of the file, or a default value of a whole column.
Cells = Mapping[str, str]
EXCEL_FOLDER = "xl/workbook.xml"


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, from 1, header lines included; its cells by term."""

    line: int
    cells: Cells
    width: int


class Source:
    """An open file. Each call of `rows` or `references` reads it from the start."""

    def __init__(self, path: Path, table: Table, described: Described) -> None:
        self.path = path
        self.described = described
        self.table = table
        self.archive: ZipFile | None = None
        self.extensions: tuple[Table, ...] = ()
        self.folder = ""

    @property
    def width(self) -> int:
        """The number of cells that a row must have at least."""
        used = [*self.table.columns.values(), self.table.id_column or 0]
        return max(used) + 1

    def rows(self) -> Iterator[Row]:
        """Every row.

        Raises `Refused`: `dataset.encoding`, `dataset.csv_broken`, `dataset.zip_broken`, each with
        the row.
        """
        for line, cells in self._lines(self.table):
            yield Row(line, _named(self.table, cells), len(cells))

    def references(self) -> Iterator[tuple[str, int, str]]:
        """For every row of every extension: file, row number, the core id it refers to."""
        for table in self.extensions:
            for line, cells in self._lines(table):
                column = table.id_column
                has_id = column is not None and column < len(cells)
                yield table.location, line, cells[column or 0].strip() if has_id else ""

    def _lines(self, table: Table) -> Iterator[tuple[int, list[str]]]:
        with ExitStack() as stack:
            raw = stack.enter_context(self._open(table))
            text = stack.enter_context(io.TextIOWrapper(raw, table.encoding, newline=""))
            yield from _counted(_reader(text, table), table)

    def _open(self, table: Table) -> IO[bytes]:
        if self.archive is None:
            return self.path.open("rb")
        return opened_member(self.archive, self.folder + table.location)


def _reader(text: Iterable[str], table: Table) -> Iterator[list[str]]:
    if not table.quote:
        return csv.reader(text, delimiter=table.delimiter, quoting=csv.QUOTE_NONE)
    return csv.reader(text, delimiter=table.delimiter, quotechar=table.quote)


def _counted(reader: Iterator[list[str]], table: Table) -> Iterator[tuple[int, list[str]]]:
    line = 0
    try:
        for line, cells in enumerate(reader, start=1):
            if line > table.header_lines and any(cells):
                yield line, cells
    except UnicodeError as error:
        raise Refused("dataset.encoding", "file", line=line + 1) from error
    except csv.Error as error:
        raise Refused("dataset.csv_broken", "file", line=line + 1) from error


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
            yield _archived(path, archive)
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
        is_excel = EXCEL_FOLDER in archive.namelist()
        raise Refused("dataset.is_excel" if is_excel else "dataset.meta_missing", "file")
    if len(metas) > 1 and metas[0].count("/") == metas[1].count("/"):
        raise Refused("dataset.meta_unreadable", "file", name="meta.xml")
    meta = read_meta(_xml(archive, metas[0]))
    folder = metas[0].removesuffix("meta.xml")
    for table in (meta.core, *meta.extensions):
        if folder + table.location not in archive.namelist():
            raise Refused("dataset.member_missing", "file", name=table.location)
    source = Source(path, _with_terms(meta.core), _described(archive, meta, folder))
    source.archive, source.extensions, source.folder = archive, meta.extensions, folder
    return source


def _described(archive: ZipFile, meta: Meta, folder: str) -> Described:
    name = folder + (meta.metadata or "eml.xml")
    return read_eml(_xml(archive, name)) if name in archive.namelist() else Described()


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
    return Table(
        core.location,
        core.encoding,
        core.delimiter,
        core.quote,
        core.header_lines,
        core.id_column,
        columns,
        defaults,
    )


def _require(columns: dict[str, int]) -> None:
    if missing := missing_columns(columns):
        raise Refused("dataset.columns_missing", "file", columns=", ".join(missing))


def _plain(path: Path) -> Source:
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(SNIFFED)
    delimiter = max(DELIMITERS, key=start.partition("\n")[0].count)
    # read as CSV, not split: spreadsheets put line breaks inside header cells
    headers = next(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), [])
    columns = terms_of(headers)
    _require(columns)
    table = Table(path.name, encoding, delimiter, '"', 1, None, columns)
    return Source(path, table, Described(title=PurePosixPath(path.name).stem))


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
