"""A vector tile: its shapes written as the Mapbox Vector Tile specification 2.1 has it.

Written here because the package for it, mapbox-vector-tile, shuts out the protobuf that Streamlit
comes with; the tests read the tiles back with MapLibre's own reader.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

EXTENT = 4096  # units along a side
POINT, LINE, AREA = 1, 2, 3
MOVE, DRAW, CLOSE = 1, 2, 7
VARINT, BYTES = 0, 2  # protobuf's wire types
KINDS = {"Point": POINT, "LineString": LINE, "Polygon": AREA}


@dataclass(frozen=True)
class Shape:
    """A geometry on a tile's grid (0 to 4096 from the upper left, x and y whole) and its texts."""

    geometry: Any
    properties: Mapping[str, str]


def encoded(layers: Mapping[str, Sequence[Shape]]) -> bytes:
    """The tile; layers stand in the order given, those without shapes are left out."""
    return b"".join(_field(3, _layer(name, shapes)) for name, shapes in layers.items() if shapes)


def _layer(name: str, shapes: Iterable[Shape]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[str, int] = {}
    features = []
    for shape in shapes:
        tags = [
            number
            for key, value in shape.properties.items()
            for number in (keys.setdefault(key, len(keys)), values.setdefault(value, len(values)))
        ]
        features += [_field(2, _feature(tags, *drawn)) for drawn in _drawn(shape.geometry)]
    named = [_field(3, key.encode()) for key in keys]
    valued = [_field(4, _field(1, value.encode())) for value in values]
    version, extent = _number(15, 2), _number(5, EXTENT)
    return b"".join([_field(1, name.encode()), *features, *named, *valued, extent, version])


def _feature(tags: Iterable[int], kind: int, commands: Iterable[int]) -> bytes:
    return _field(2, _packed(tags)) + _number(3, kind) + _field(4, _packed(commands))


def _drawn(geometry: Any) -> Iterator[tuple[int, list[int]]]:
    """The kind and the commands of a geometry, one for all its parts of a kind."""
    parts = shapely.get_parts(geometry)
    for name, kind in KINDS.items():
        of_kind = [part for part in parts if part.geom_type == name and not part.is_empty]
        if of_kind:
            yield kind, _commands(of_kind, kind)


def _commands(parts: Sequence[Any], kind: int) -> list[int]:
    pen = _Pen()
    if kind == POINT:
        pen.move([(round(part.x), round(part.y)) for part in parts])
    for part in parts:
        if kind == LINE:
            pen.line(_corners(part))
        elif kind == AREA:
            pen.ring(_corners(part.exterior), is_hole=False)
            for hole in part.interiors:
                pen.ring(_corners(hole), is_hole=True)
    return pen.commands


def _corners(line: Any) -> list[tuple[int, int]]:
    return [(round(x), round(y)) for x, y in shapely.get_coordinates(line).tolist()]


class _Pen:
    """Where the last command ended, and all commands so far."""

    def __init__(self) -> None:
        self.commands: list[int] = []
        self._x = self._y = 0

    def move(self, corners: Sequence[tuple[int, int]]) -> None:
        self._go(MOVE, corners)

    def line(self, corners: Sequence[tuple[int, int]]) -> None:
        self._go(MOVE, corners[:1])
        self._go(DRAW, corners[1:])

    def ring(self, corners: Sequence[tuple[int, int]], is_hole: bool) -> None:
        """An outer ring turns clockwise on the screen, a hole the other way."""
        turned = corners if (_area(corners) > 0) != is_hole else corners[::-1]
        self.line(turned[:-1])
        self.commands.append(CLOSE | 1 << 3)

    def _go(self, command: int, corners: Sequence[tuple[int, int]]) -> None:
        self.commands.append(command | len(corners) << 3)
        for x, y in corners:
            self.commands += (_zigzag(x - self._x), _zigzag(y - self._y))
            self._x, self._y = x, y


def _area(corners: Sequence[tuple[int, int]]) -> int:
    pairs = zip(corners, corners[1:], strict=False)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _packed(numbers: Iterable[int]) -> bytes:
    return b"".join(map(_varint, numbers))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3 | VARINT) + _varint(value)


def _field(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | BYTES) + _varint(len(data)) + data


def _varint(number: int) -> bytes:
    data = bytearray()
    while number > 0x7F:
        data.append(number & 0x7F | 0x80)
        number >>= 7
    data.append(number)
    return bytes(data)
