"""The tags of a TIFF block (EXIF), each read for itself: a broken one takes no other with it.

Pillow gives up a directory at the first value that lies outside of the block.
"""

import struct
from dataclasses import dataclass, field
from enum import IntEnum

EXIF_DIRECTORY = 0x8769
GPS_DIRECTORY = 0x8825
MOST_TAGS = 1000
MOST_VALUES = 64
MARK = b"Exif\0\0"
TEXT = 2


class Tag(IntEnum):
    """The tags that are used, of all three directories."""

    LATITUDE_REF = 1
    LATITUDE = 2
    LONGITUDE_REF = 3
    LONGITUDE = 4
    STATUS = 9
    ORIENTATION = 0x0112
    TAKEN = 0x9003
    OFFSET = 0x9010
    OFFSET_TAKEN = 0x9011
    OFFSET_DIGITIZED = 0x9012


# By the number of a type: how struct names one of its values; a fraction has two.
TYPES = {1: "B", TEXT: "s", 3: "H", 4: "I", 5: "II", 7: "B", 8: "h", 9: "i", 10: "ii", 13: "I"}

Value = str | tuple[float, ...]
Directory = dict[int, Value]


@dataclass(frozen=True, slots=True)
class Tags:
    """The directories of a block; what cannot be read is not in them."""

    first: Directory = field(default_factory=dict)
    exif: Directory = field(default_factory=dict)
    gps: Directory = field(default_factory=dict)

    def number(self, tag: Tag) -> float | None:
        """The first number of a tag of the first directory."""
        value = self.first.get(tag)
        return value[0] if isinstance(value, tuple) else None


def tags_of(block: bytes) -> Tags:
    """The tags of a block, with or without the mark `Exif` before it."""
    block = block.removeprefix(MARK)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None or len(block) < 8:
        return Tags()
    first = _directory(block, struct.unpack(f"{order}I", block[4:8])[0], order)
    return Tags(
        first, *(_below(block, first, tag, order) for tag in (EXIF_DIRECTORY, GPS_DIRECTORY))
    )


def _below(block: bytes, first: Directory, tag: int, order: str) -> Directory:
    at = first.get(tag, ())
    is_place = isinstance(at, tuple) and at and at[0].is_integer()
    return _directory(block, int(at[0]), order) if is_place else {}


def _directory(block: bytes, at: int, order: str) -> Directory:
    if at + 2 > len(block):
        return {}
    (count,) = struct.unpack(f"{order}H", block[at : at + 2])
    directory: Directory = {}
    for entry in range(at + 2, at + 2 + 12 * min(count, MOST_TAGS), 12):
        if entry + 12 > len(block):
            break
        tag, kind, values, inside = struct.unpack(f"{order}HHI4s", block[entry : entry + 12])
        value = _value(block, kind, values, inside, order)
        if value is not None:
            directory.setdefault(tag, value)
    return directory


def _value(block: bytes, kind: int, count: int, inside: bytes, order: str) -> Value | None:
    code = TYPES.get(kind)
    if code is None or count == 0:
        return None
    size = struct.calcsize(f"{order}{code}")
    (at,) = struct.unpack(f"{order}I", inside)
    data = inside[: size * count] if size * count <= 4 else block[at : at + size * count]
    if len(data) < size * count:
        return None
    if kind == TEXT:
        return _text(data)
    most = min(count, MOST_VALUES)
    numbers = struct.unpack(f"{order}{code * most}", data[: size * most])
    return _fractions(numbers) if len(code) == 2 else tuple(map(float, numbers))


def _fractions(numbers: tuple[int, ...]) -> tuple[float, ...]:
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return tuple(over / under if under else float("nan") for over, under in pairs)


def _text(data: bytes) -> str:
    """Meant for ASCII; phones set to Chinese write Chinese into it, in either coding."""
    written = data.split(b"\0")[0]
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("gb18030", "replace")
