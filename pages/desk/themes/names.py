"""Where names can stand on a small map without covering one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import asinh, pi, radians, tan

TILE_PX = 512
TEXT_PX = 13
WIDE, NARROW = 1.0, 0.58  # a character's width beside the text's size: Chinese, Latin
LINE = 1.25
GAP_PX = 3
Offset = tuple[float, float]


@dataclass(frozen=True)
class Name:
    """A name to write beside a circle of `radius_px` round a place (WGS-84 decimal degrees)."""

    text: str
    latitude: float
    longitude: float
    radius_px: float = 0.0

    @property
    def width_px(self) -> float:
        """The approximate width of the drawn name, in pixels."""
        return TEXT_PX * sum(WIDE if ord(c) > 0x2E80 else NARROW for c in self.text)


@dataclass(frozen=True)
class _Box:
    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "_Box") -> bool:
        across = abs(self.x - other.x) * 2 < self.width + other.width + GAP_PX
        return across and abs(self.y - other.y) * 2 < self.height + other.height + GAP_PX


def placed(names: Mapping[str, Name], zoom: float) -> dict[str, Offset]:
    """By key, how far from its place (pixels right and down) each name stands at `zoom`.

    The first names choose first: above the circle, below it, right, left; where no circle of
    another is, if they can. What finds no room beside the other names is left out.
    """
    circles = {key: _circle(name, zoom) for key, name in names.items() if name.radius_px}
    offsets: dict[str, Offset] = {}
    taken: list[_Box] = []
    for key, name in names.items():
        others = [circle for other, circle in circles.items() if other != key]
        free = _first_free(name, zoom, [*taken, *others]) or _first_free(name, zoom, taken)
        if free:
            offsets[key], box = free
            taken.append(box)
    return offsets


def _first_free(name: Name, zoom: float, taken: list[_Box]) -> tuple[Offset, _Box] | None:
    across, down = _pixels(name, zoom)
    for right, below in _offsets(name):
        box = _Box(across + right, down + below, name.width_px, TEXT_PX * LINE)
        if not any(box.meets(other) for other in taken):
            return (round(right, 1), round(below, 1)), box
    return None


def _circle(name: Name, zoom: float) -> _Box:
    across, down = _pixels(name, zoom)
    return _Box(across, down, 2 * name.radius_px, 2 * name.radius_px)


def _offsets(name: Name) -> Iterable[Offset]:
    up = name.radius_px + TEXT_PX * LINE / 2 + 1
    aside = name.radius_px + name.width_px / 2 + GAP_PX
    return ((0.0, -up), (0.0, up), (aside, 0.0), (-aside, 0.0))


def _pixels(name: Name, zoom: float) -> Offset:
    """The place in the Web Mercator plane, in pixels."""
    world = TILE_PX * 2.0**zoom
    y = asinh(tan(radians(name.latitude)))
    return name.longitude / 360 * world, -y / (2 * pi) * world
