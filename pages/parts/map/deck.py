"""The public map: our borders and water, the records in tiles by URL, what is chosen outlined.

pydeck, with `map_provider=None` and `map_style` left alone: Streamlit then asks no outside server.
Strings of pydeck are expressions over a feature unless they are `String`s.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import cos, log2, radians
from typing import Any
from urllib.parse import quote, urlencode

import pydeck
import streamlit as st
from pydeck.types import String

from observations.map.exploring import Explored, Filters, Measure, Origin
from observations.map.tiling import DEEPEST, MIDDLE, NEAR
from observations.places.distance import METRES_PER_DEGREE
from observations.places.districts import CITY_BOX, DISTRICTS, District
from observations.surveys.layer import Placed
from pages.parts.assets import asset_url
from pages.parts.map.colours import Colour, Colours
from pages.parts.runtime import settings
from pages.parts.wording import language

HEIGHT_PX = 720  # the style sheet fits it between the bars
FAR = 7  # one level of tiles serves every far zoom: one or two hold the city, fetched once
FARTHEST, NEAREST = 7, 17
View = tuple[float, float, float]  # latitude, longitude (WGS-84), zoom
TOWN: View = (30.14, 120.12, 9.3)  # where most people live
CITY: View = (29.85, 119.75, 8.2)  # nearly all of it
# Half way between two levels deck.gl goes over to the nearer one.
SWITCH, WIDE_SWITCH = NEAR - 0.5, MIDDLE - 0.5
METRES_A_PIXEL = 78_271.5  # at the equator and zoom 0, for tiles of 512 pixels
SCREEN_PX = 340
SHEET_PX = 165  # how far the sheet moves the middle of what a phone shows
FONT = String("system-ui, PingFang SC, Noto Sans SC, Noto Sans CJK SC, sans-serif")
CLASS = "properties.c"
# By class: cells and squares have no stroke, for an invisible one still hides what the next tile
# draws under it.
STROKE_PX = [0, 0, 0, 0, 0, 0, 2, 2, 2]
Layer = pydeck.Layer


class Deck(pydeck.Deck):
    """A map whose specification travels without the blanks and line breaks that pydeck writes."""

    def __init__(self, layers: Sequence[Layer], view: pydeck.ViewState, **basemap: Any) -> None:
        super().__init__(layers=list(layers), initial_view_state=view, tooltip=False, **basemap)

    def to_json(self) -> str:
        """The specification of deck.gl."""
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"))


def draw(
    layers: Sequence[Layer],
    view: pydeck.ViewState,
    alt: str,
    key: str,
    on_select: Callable[[], None],
) -> None:
    """The map; `on_select` runs after a tap, which the session then holds under `key`."""
    deck = Deck(layers, view, **_under())
    st.pydeck_chart(
        deck,
        height=HEIGHT_PX,
        key=key,
        on_select=on_select,
        selection_mode="single-object",
        alt=alt,
    )


def _under() -> dict[str, Any]:
    """Nothing under our layers, or the hosted basemap by our own route."""
    if settings().basemap:
        return {"map_provider": "carto", "map_style": "/basemap/style.json"}
    return {"map_provider": None}


def names(colours: Colours, lift_px: int = 0) -> list[Layer]:
    """District borders and names, above all other layers; `lift_px` moves names away from points.

    The names are text of a GeoJsonLayer: Streamlit fades a TextLayer after a selection.
    """
    features = [_label(district) for district in DISTRICTS.values()]
    return [edge(colours), labels(features, colours, [0, -lift_px])]


def edge(colours: Colours) -> Layer:
    """District borders, above all other layers."""
    return _borders("edge", filled=False, get_line_color=[*colours.ink, 90])


def labels(
    features: Sequence[dict[str, Any]], colours: Colours, offset_px: str | list[int]
) -> Layer:
    """The text `t` of each of `features`; `offset_px` from its point, for all or an expression."""
    return Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": list(features)},
        id="names",
        point_type=String("text"),
        get_text="properties.t",
        get_text_size=13,
        get_text_color=[*colours.ink, 235],
        get_text_pixel_offset=offset_px,
        text_font_family=FONT,
        text_font_weight=600,
        text_character_set=String("auto"),
        text_font_settings={"sdf": True, "fontSize": 48, "buffer": 8, "radius": 12},
        text_outline_width=4,
        text_outline_color=colours.land,
    )


def records(
    filters: Filters, explored: Explored, colours: Colours, measure: Measure = Measure.RECORDS
) -> list[Layer]:
    """Released sightings: cells far away, one by one near by.

    A full city has wider cells from afar, and its coarse ones at the zooms between.
    """
    url = tiles_url(filters, explored, measure)
    if measure is Measure.COMPARED:
        colours = replace(colours, fills=colours.compared)
    goes_over = WIDE_SWITCH if explored.is_wide else SWITCH
    layers = [_tiles("far", url, colours, FAR, FAR, visible_max_zoom=goes_over)]
    if explored.is_wide:
        zooms = {"visible_min_zoom": goes_over, "visible_max_zoom": SWITCH}
        layers.append(_tiles("middle", url, colours, MIDDLE, MIDDLE, **zooms))
    layers.append(_tiles("near", url, colours, NEAR, DEEPEST, visible_min_zoom=SWITCH))
    return layers


def tiles_url(filters: Filters, explored: Explored, measure: Measure = Measure.RECORDS) -> str:
    """The address of the tiles.

    It contains the total of records, so it changes when a record is added or removed: the browser
    keeps the tiles of an address while the map is open.
    """
    parameters = {
        "group": filters.group_code,
        "taxon_id": filters.taxon_id,
        "district": filters.district,
        "from": filters.first_day,
        "to": filters.last_day,
        "status": ",".join(filters.statuses) or None,
        "subject": filters.subject,
        "months": ",".join(str(month) for month in filters.months) or None,
        "origin": filters.origin if filters.origin is not Origin.CITIZENS else None,
        "measure": measure if measure is not Measure.RECORDS else None,
        "classes": ",".join(str(start) for start in explored.class_starts),
        "rough": None if explored.in_cells else 1,
        "wide": 1 if explored.is_wide else None,
        "of": explored.total,
    }
    query = urlencode(
        {k: v for k, v in parameters.items() if v is not None}, quote_via=quote, safe=","
    )
    return "/tiles/{z}/{x}/{y}.json?" + query


def by_district(classes: dict[str, int], colours: Colours) -> list[Layer]:
    """The districts, each in the colour of its class (1 to 5; 0: nothing there)."""
    ramp = [colours.land, *colours.ramp]
    *others, last = classes
    tests = (f"properties.adcode == '{code}' ? {ramp[classes[code]]} : " for code in others)
    return [
        _borders(
            "districts",
            filled=True,
            pickable=True,
            get_fill_color="".join(tests) + str(ramp[classes[last]]),
            get_line_color=colours.land,
            line_width_units=String("pixels"),
            get_line_width=2,
        )
    ]


def new_species(places: Sequence[Placed], colours: Colours) -> list[Layer]:
    """The survey's new species, one point each, every place approximate."""
    features = [
        _point(place.longitude, place.latitude, {"i": place.record.code}) for place in places
    ]
    return [
        Layer(
            "GeoJsonLayer",
            {"type": "FeatureCollection", "features": features},
            id="new",
            pickable=True,
            get_fill_color=colours.seal,
            get_line_color=colours.land,
            get_line_width=2,
            line_width_units=String("pixels"),
            get_point_radius=8,
            point_radius_units=String("pixels"),
        )
    ]


def highlight(feature: dict[str, Any] | None, colours: Colours) -> list[Layer]:
    """A double outline, pale below cinnabar, which is visible on every class."""
    if feature is None:
        return []
    return [
        Layer(
            "GeoJsonLayer",
            {"type": "FeatureCollection", "features": [feature]},
            id=f"chosen-{width}",
            filled=False,
            stroked=True,
            get_line_color=colour,
            get_line_width=width,
            line_width_units=String("pixels"),
            get_point_radius=14,
            point_radius_units=String("pixels"),
        )
        for width, colour in ((8, colours.land), (3, colours.seal))
    ]


def outlined(ring: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """A closed ring of (longitude, latitude) as a feature to outline."""
    return _feature("Polygon", [list(ring)])


def ringed(latitude: float, longitude: float) -> dict[str, Any]:
    """A point as a feature to ring."""
    return _point(longitude, latitude, {})


def district_outline(code: str) -> dict[str, Any]:
    """A district as a feature to outline."""
    corners = DISTRICTS[code].outline.corners
    return outlined([*corners, corners[0]])


def view_of_district(code: str) -> pydeck.ViewState:
    """The whole district on a phone's screen, above the sheet."""
    district = DISTRICTS[code]
    metres_a_pixel = 2 * district.radius_m / SCREEN_PX
    zoom = log2(METRES_A_PIXEL * cos(radians(district.latitude)) / metres_a_pixel)
    south = SHEET_PX * metres_a_pixel / METRES_PER_DEGREE
    return view_of(district.latitude - south, district.longitude, round(zoom, 2))


def view_of(latitude: float, longitude: float, zoom: float) -> pydeck.ViewState:
    """A view of a WGS-84 place; zooms are those of tiles 512 pixels wide."""
    return pydeck.ViewState(
        longitude=longitude,
        latitude=latitude,
        zoom=zoom,
        min_zoom=FARTHEST,
        max_zoom=NEAREST,
    )


def _tiles(name: str, url: str, colours: Colours, first: int, last: int, **zooms: float) -> Layer:
    return Layer(
        "TileLayer",
        url,
        id=name,
        pickable=True,
        tile_size=512,
        min_zoom=first,
        max_zoom=last,
        filled=True,
        stroked=True,
        get_fill_color=by_class(colours.fills),
        get_line_color=by_class(colours.strokes),
        get_line_width=by_class(STROKE_PX),
        line_width_units=String("pixels"),
        get_point_radius=7,
        point_radius_units=String("pixels"),
        extent=[CITY_BOX.west, CITY_BOX.south, CITY_BOX.east, CITY_BOX.north],
        **zooms,
    )


def by_class(values: Sequence[Colour] | Sequence[int]) -> str:
    """An expression that gives a feature the value of its class.

    Streamlit's parser has no `[…][c]`, so the expression compares one class after the other.
    """
    *others, last = values
    tests = (f"{CLASS} == {k} ? {value} : " for k, value in enumerate(others))
    return "".join(tests) + str(last)


def _borders(name: str, **style: Any) -> Layer:
    return Layer(
        "GeoJsonLayer",
        asset_url("boundaries/districts.geojson"),
        id=name,
        stroked=True,
        line_width_min_pixels=1,
        **style,
    )


def _label(district: District) -> dict[str, Any]:
    name = district.name(language()).removesuffix(" District").removesuffix(" County")
    return _point(district.longitude, district.latitude, {"t": name})


def _point(longitude: float, latitude: float, properties: dict[str, Any]) -> dict[str, Any]:
    return _feature("Point", [longitude, latitude], properties)


def _feature(
    kind: str, coordinates: object, properties: dict[str, Any] | None = None
) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties or {}}
