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
        """How wide it is drawn, about."""
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

    The first names choose first: above the circle, below it, right, left. What finds no room is
    left out.
    """
    found: dict[str, Offset] = {}
    taken: list[_Box] = []
    for key, name in names.items():
        across, down = _pixels(name, zoom)
        for right, below in _offsets(name):
            box = _Box(across + right, down + below, name.width_px, TEXT_PX * LINE)
            if not any(box.meets(other) for other in taken):
                found[key] = (round(right, 1), round(below, 1))
                taken.append(box)
                break
    return found


def _offsets(name: Name) -> Iterable[Offset]:
    up = name.radius_px + TEXT_PX * LINE / 2 + 1
    aside = name.radius_px + name.width_px / 2 + GAP_PX
    return ((0.0, -up), (0.0, up), (aside, 0.0), (-aside, 0.0))


def _pixels(name: Name, zoom: float) -> Offset:
    """The place in the Web Mercator plane, in pixels."""
    world = TILE_PX * 2.0**zoom
    y = asinh(tan(radians(name.latitude)))
    return name.longitude / 360 * world, -y / (2 * pi) * world
