"""A small picture of the whole city, with its districts and the records in each wide cell.

It is an SVG instead of an interactive map: it has only a few kilobytes, does not stop a finger that
scrolls, and its colours follow the theme.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import cos, radians

from observations.map.exploring import class_of
from observations.map.spots import Cell, Square, outline
from observations.places.districts import CITY_BOX, DISTRICTS, Box
from pages.parts.map.colours import Colour, colours_of

WIDTH = 640
SCALE = WIDTH / ((CITY_BOX.east - CITY_BOX.west) * cos(radians(30)))  # pixels a degree of latitude
HEIGHT = round((CITY_BOX.north - CITY_BOX.south) * SCALE)
Point = tuple[float, float]  # longitude, latitude (WGS-84)


def city_svg(
    cells: Iterable[tuple[str, int]], squares: Iterable[Square], starts: Sequence[int]
) -> str:
    """Cells with their number of records, squares of the grid where a place is rough."""
    shapes = [f'<path class="q" d="{_path(outline(square))}"/>' for square in squares]
    for code, count in cells:
        kind = class_of(count, starts)
        shapes.append(f'<path class="c{kind}" d="{_path(outline(Cell(code)))}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{_style()}</style>{_land()}{''.join(shapes)}</svg>"
    )


@cache
def _land() -> str:
    paths = "".join(
        f'<path d="{_path(district.outline.corners)}"/>' for district in DISTRICTS.values()
    )
    return f'<g class="land">{paths}</g>'


@cache
def _style() -> str:
    return f"{_theme('light')}@media(prefers-color-scheme:dark){{{_theme('dark')}}}"


def _theme(name: str) -> str:
    colours = colours_of(name)
    ramp = "".join(f".c{k}{{fill:{_hex(colour)}}}" for k, colour in enumerate(colours.ramp, 1))
    edge = _hex(colours.strokes[-1][:3])
    return (
        f".land{{fill:{_hex(colours.land)};stroke:{_hex(colours.line)};stroke-width:1.5}}"
        f"path{{stroke:{_hex(colours.land)};stroke-width:.8}}.land path{{stroke:inherit}}"
        f".q{{fill:{edge};fill-opacity:.25;stroke:{edge}}}{ramp}"
    )


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _path(corners: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x},{y}" for x, y in _steps(corners)) + "z"


def _steps(corners: Iterable[Point]) -> Iterator[Point]:
    """The corners in pixels, those left out that fall on the one before."""
    last = None
    for corner in corners:
        here = _pixel(corner, CITY_BOX)
        if here != last:
            yield here
        last = here


def _pixel(corner: Point, box: Box) -> Point:
    longitude, latitude = corner
    across = (longitude - box.west) * cos(radians(30)) * SCALE
    return round(across, 1), round((box.north - latitude) * SCALE, 1)
