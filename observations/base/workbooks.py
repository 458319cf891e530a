"""Excel workbooks (xlsx) as rows of text, read by calamine.

It holds a whole sheet in memory as a rectangle, so that what a file says of itself is checked
first: two cells far apart would be billions.
"""

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from observations.base.lines import Line, Unreadable

ZIP_MAGIC, INSIDE = b"PK\x03\x04", "xl/workbook.xml"
MOST_BYTES, MOST_MEMBERS, MOST_CELLS = 600 * 1024**2, 2_000, 20_000_000
CHUNK, OVERLAP = 1024**2, 40
WHOLE = 10**15  # a greater number is not counted in ones
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{0,3})(\d{1,7})[\"']")
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError
)  # fmt: skip


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins so may be a workbook."""
    return start.startswith(ZIP_MAGIC)


def sheets(file: IO[bytes]) -> Iterator[list[Line]]:
    """The rows of each sheet that shows. Raises `Unreadable`."""
    _check(file)
    file.seek(0)
    try:
        with CalamineWorkbook.from_filelike(file) as book:
            for sheet in book.sheets_metadata:
                is_shown = sheet.visible is SheetVisibleEnum.Visible
                if is_shown and sheet.typ is SheetTypeEnum.WorkSheet:
                    yield _lines(book, sheet.name)
    except CalamineError as error:
        raise Unreadable from error


def _lines(book: CalamineWorkbook, name: str) -> list[Line]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [Line(k, [text_of(cell) for cell in row]) for k, row in enumerate(rows, start=1)]


def text_of(value: object) -> str:
    """The text of a cell: numbers without an empty fraction, days as ISO 8601."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return value.date().isoformat() if is_day else value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _check(file: IO[bytes]) -> None:
    """Refuse what is damaged, or larger unpacked than any table of ours."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > MOST_MEMBERS or unpacked > MOST_BYTES:
                raise Unreadable
            if INSIDE not in archive.namelist():
                raise Unreadable
            for member in members:
                _check_member(archive, member)
    except _DAMAGED as error:
        raise Unreadable from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read a member through, which proves its size, and hold a sheet's cells against the limit."""
    is_sheet = member.filename.startswith("xl/worksheets/")
    columns, rows, before = 1, 1, b""
    with archive.open(member) as stream:
        while part := stream.read(CHUNK):
            for letters, number in _PLACE.findall(before + part) if is_sheet else ():
                rows = max(rows, int(number))
                columns = max(columns, _column(letters))
            before = part[-OVERLAP:]
    if columns * rows > MOST_CELLS:
        raise Unreadable


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
