"""Where the items of a HEIC lie: its tables of contents (ISO/IEC 14496-12, `iinf` and `iloc`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its name, where its content begins, and where it ends as it says."""

    name: bytes
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """An item: `hvc1`, `Exif` …, and its pieces as (first, last + 1) in the file."""

    kind: bytes
    extents: tuple[tuple[int, int], ...]


class _Cursor:
    """Takes one number after another."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, count: int) -> int:
        self._at += count
        if self._at > len(self._data):
            raise ValueError("a table that ends too early")
        return int.from_bytes(self._data[self._at - count : self._at], "big")


def boxes_of(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes of a file, or of one of its boxes, whether or not they are all there."""
    at, until = start, len(data) if end is None else min(end, len(data))
    while at + 8 <= until:
        short, content = int.from_bytes(data[at : at + 4], "big"), at + 8
        size = short or until - at  # 0 means "to the end"
        if short == 1:
            size, content = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        if size < content - at:
            return
        yield Box(data[at + 4 : at + 8], content, at + size)
        at += size


def items_of(data: bytes) -> list[Item]:
    """The items of a file; none where its tables cannot be read."""
    meta = next((box for box in islice(boxes_of(data), 100) if box.name == b"meta"), None)
    if meta is None:
        return []
    inside = {box.name: box for box in boxes_of(data, meta.at + 4, meta.end)}
    if b"iloc" not in inside:
        return []
    kinds = dict(_kinds(data, inside[b"iinf"])) if b"iinf" in inside else {}
    idat = inside[b"idat"].at if b"idat" in inside else 0
    table = _Cursor(data[inside[b"iloc"].at : inside[b"iloc"].end])
    try:
        return [Item(kinds.get(item, b""), extents) for item, extents in _locations(table, idat)]
    except ValueError:
        return []


def _kinds(data: bytes, iinf: Box) -> Iterator[tuple[int, bytes]]:
    start = iinf.at + (6 if data[iinf.at : iinf.at + 1] == b"\0" else 8)
    for box in boxes_of(data, start, iinf.end):
        entry = data[box.at : box.at + 14]
        width = 4 if entry[:1] == b"\3" else 2
        if box.name == b"infe" and entry[:1] in (b"\2", b"\3"):
            yield int.from_bytes(entry[4 : 4 + width], "big"), entry[6 + width : 10 + width]


def _locations(table: _Cursor, idat: int) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    version = table.take(4) >> 24
    sizes = table.take(2)
    of_offset, of_length, of_base = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    of_index = sizes & 15 if version else 0
    width = 2 if version < 2 else 4
    for _ in range(table.take(width)):
        item = table.take(width)
        is_inside = version > 0 and table.take(2) & 15 == 1
        table.take(2)  # which file: always this one
        base = table.take(of_base) + (idat if is_inside else 0)
        extents = []
        for _ in range(table.take(2)):
            table.take(of_index)
            first = base + table.take(of_offset)
            extents.append((first, first + table.take(of_length)))
        yield item, tuple(extents)
