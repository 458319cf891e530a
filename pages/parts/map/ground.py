"""The ground as layers of deck.gl: the same tiles as every other map's, in the page's colours."""

from collections.abc import Mapping
from typing import Any

from pydeck.types import String

from observations.places.districts import CITY_BOX
from observations.places.ground_layer import Layer as Part
from pages.parts.assets import asset_url
from pages.parts.ground import deepest, tiles_url
from pages.parts.map.colours import NOTHING, Colour, Colours
from pages.parts.map.deck import FONT, Layer
from pages.parts.runtime import settings
from pages.parts.wording import language

TOWNS = ("town", "village")
# deck.gl reads vector tiles in a worker, which it fetches from unpkg.com unless it is told where.
WORKER = "vendor/loaders.gl/mvt-worker.js"
KIND = "properties.k"
# Pixels; the areas' own outlines are not drawn.
WIDTHS = {
    "border": 1,
    "metro": 2,
    "rail": 1,
    "motorway": 3,
    "main": 2,
    "minor": 1.2,
    "path": 0.6,
    "stream": 1.5,
    "rough_stream": 3,
}


def under(colours: Colours) -> list[Layer]:
    """Land, water, roads and rails, below all other layers; a hosted basemap has its own."""
    if settings().basemap:
        return []
    return [
        _tiles(
            "ground",
            [part for part in Part if part is not Part.NAME],
            filled=True,
            stroked=True,
            get_fill_color=_by_kind(_fills(colours), NOTHING),
            get_line_color=_by_kind(_lines(colours), NOTHING),
            get_line_width=_by_kind(WIDTHS, 0),
            line_width_units=String("pixels"),
            get_point_radius=0,
        )
    ]


def place_names(colours: Colours) -> list[Layer]:
    """Names of towns, stations, sights and waters, above the records; districts have their own."""
    if settings().basemap:
        return []
    english = "properties.en ? properties.en : " if language() == "en" else ""
    return [
        _tiles(
            "place-names",
            [Part.NAME],
            point_type=String("text"),
            get_text=f"{KIND} == 'district' ? '' : {english}properties.zh",
            get_text_size=12,
            get_text_color=_by_kind(dict.fromkeys(TOWNS, colours.ink2), colours.lake),
            text_font_family=FONT,
            text_character_set=String("auto"),
            text_font_settings={"sdf": True, "fontSize": 48, "buffer": 8, "radius": 12},
            text_outline_width=4,
            text_outline_color=colours.land,
        )
    ]


def _fills(colours: Colours) -> dict[str, Colour]:
    return {
        "land": colours.land,
        "green": colours.green,
        "rough_water": _pale(colours.water, colours.land),
        "water": colours.water,
        "building": colours.building,
    }


def _lines(colours: Colours) -> dict[str, Colour]:
    return {
        "border": colours.line,
        "metro": _pale(colours.lake, colours.land),
        "rail": colours.edge,
        "stream": colours.water,
        "rough_stream": _pale(colours.water, colours.land),
        **dict.fromkeys(("motorway", "main", "minor", "path"), colours.line),
    }


def _tiles(name: str, parts: list[Part], **style: Any) -> Layer:
    """A layer of some parts of the ground's tiles, read by our own copy of deck.gl's worker."""
    return Layer(
        "MVTLayer",
        tiles_url(),
        id=name,
        binary=False,
        load_options={"mvt": {"workerUrl": String(asset_url(WORKER)), "layers": parts}},
        min_zoom=7,
        max_zoom=deepest(),
        extent=[CITY_BOX.west, CITY_BOX.south, CITY_BOX.east, CITY_BOX.north],
        **style,
    )


def _by_kind(values: Mapping[str, Colour] | Mapping[str, float], otherwise: object) -> str:
    """An expression that gives a shape the value of its kind."""
    tests = (f"{KIND} == '{kind}' ? {value} : " for kind, value in values.items())
    return "".join(tests) + str(otherwise)


def _pale(colour: Colour, land: Colour) -> Colour:
    """Half way between a colour and the land's: what is only roughly there."""
    return [(one + other) // 2 for one, other in zip(colour, land, strict=True)]
