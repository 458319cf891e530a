"""The map of concerns: a circle for each district by unanswered concerns, a dot for each place."""

from collections.abc import Mapping, Sequence

import pydeck
import streamlit as st
from markupsafe import Markup
from pydeck.types import String

from observations.places.districts import DISTRICTS
from observations.satisfaction.themes import Theme
from pages.desk.themes.names import Name, placed
from pages.parts import cards
from pages.parts.ground import credit
from pages.parts.map import deck as maps
from pages.parts.map import ground
from pages.parts.map.colours import Colours, colours
from pages.parts.wave_words import place_name
from pages.parts.wording import _, language

HEIGHT_PX = 300
CITY = (29.88, 119.53, 6.65)  # all of it, on a phone too
FARTHEST = 6
SMALLEST_PX, LARGEST_PX = 4, 14


def draw(themes: Sequence[Theme], district: str) -> None:
    """Draw the unanswered concerns; with a `district` chosen, near enough to see its places."""
    paint = colours()
    view = maps.view_of(*CITY)
    view.min_zoom = FARTHEST
    if district:
        home = DISTRICTS[district]
        near = maps.view_of_district(district)
        view = maps.view_of(home.latitude, home.longitude, near.zoom)
    radii = _radii(themes)
    layers = [*ground.under(paint), _circles(radii, paint), _places(themes, district, paint)]
    deck = maps.Deck([*layers, *_names(radii, view.zoom, paint)], view, map_provider=None)
    waiting = sum(len(theme.waiting) for theme in themes)
    alt = _("地图：{place}，{count} 条等答复。下面的列表里都读得到。").format(
        place=place_name(district), count=waiting
    )
    st.pydeck_chart(deck, height=HEIGHT_PX, key="themes_chart", alt=alt)
    cards.show(Markup('<p class="g-src">{}</p>').format(credit(language())))


def _radii(themes: Sequence[Theme]) -> dict[str, float]:
    """The radius in pixels of each district's circle, where anybody waits; most first."""
    waiting: dict[str, int] = {}
    for theme in themes:
        waiting[theme.district] = waiting.get(theme.district, 0) + len(theme.waiting)
    most = max(waiting.values(), default=0) or 1
    order = sorted(waiting, key=lambda code: (-waiting[code], code))
    return {
        code: SMALLEST_PX + (LARGEST_PX - SMALLEST_PX) * (waiting[code] / most) ** 0.5
        for code in order
        if waiting[code]
    }


def _circles(radii: Mapping[str, float], paint: Colours) -> pydeck.Layer:
    features = [
        _point(DISTRICTS[code].longitude, DISTRICTS[code].latitude, radius)
        for code, radius in radii.items()
    ]
    return _layer("waiting", features, [*paint.seal[:3], 110], paint.land)


def _names(radii: Mapping[str, float], zoom: float, paint: Colours) -> list[pydeck.Layer]:
    """Borders, and the names that find room: those with most waiting first."""
    names = {
        code: Name(
            DISTRICTS[code].short_name(language()).split(" (")[0],  # Xihu alone
            DISTRICTS[code].latitude,
            DISTRICTS[code].longitude,
            radii.get(code, 0.0),
        )
        for code in [*radii, *(code for code in DISTRICTS if code not in radii)]
    }
    features = []
    for code, offset in placed(names, zoom).items():
        point = _point(names[code].longitude, names[code].latitude, 0)
        point["properties"] = {"t": names[code].text, "o": offset}
        features.append(point)
    return [maps.edge(paint), maps.labels(features, paint, "properties.o")]


def _places(themes: Sequence[Theme], district: str, paint: Colours) -> pydeck.Layer:
    features = [
        _point(one.concern.longitude, one.concern.latitude, 5)
        for theme in themes
        if district and theme.district == district
        for one in theme.raised
        if one.concern.latitude is not None
    ]
    return _layer("places", features, paint.ink, paint.land)


def _layer(
    name: str, features: list[dict[str, object]], fill: list[int], line: list[int]
) -> pydeck.Layer:
    return pydeck.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id=name,
        get_fill_color=fill,
        get_line_color=line,
        get_line_width=2,
        line_width_units=String("pixels"),
        get_point_radius="properties.r",
        point_radius_units=String("pixels"),
    )


def _point(longitude: float | None, latitude: float | None, radius: float) -> dict[str, object]:
    geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "geometry": geometry, "properties": {"r": round(radius, 1)}}
