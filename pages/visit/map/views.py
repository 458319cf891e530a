"""The two views of the map page: the map with its layers first, then the sheet over it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pydeck
import streamlit as st

from observations.base.clock import day_of
from observations.map.exploring import Explored, Measure, class_of, compare, even_starts, explore
from observations.map.spots import Cell, Single, Square, outline
from observations.places.districts import DISTRICTS
from observations.surveys.layer import placed
from pages.parts.map import deck, ground
from pages.parts.map.colours import colours
from pages.parts.runtime import known_now, settings, store
from pages.parts.session import visitor
from pages.parts.wording import _
from pages.visit.map import sheet
from pages.visit.map.choice import DECK, Choice, tapped

HOME = "map_home"
SINGLE_ZOOM = 14.0  # near enough to see records one by one
SINGLE_SOUTH = 0.006  # degrees: on a phone the sheet covers the middle of the map
LIFT_PX = 34


def sightings(choice: Choice) -> None:
    """Citizens' records: how many, or of how many species."""
    explored = explore(store(), choice.filters, choice.listed, choice.measure)
    _draw_sightings(choice, explored)
    sheet.layer_switch(choice)
    with sheet.opened(choice):
        if explored.contents.records:
            _read(choice, explored)
        else:
            sheet.nothing(choice)
        sheet.small_print(explored.has_squares, settings().map_approval, _is_staff())
        sheet.filters(("district", "group", "period", "status"))
        sheet.months()
        if explored.contents.records and not isinstance(choice.spot, Single):
            sheet.listing(explored.contents, day_of(known_now()))


def comparison(choice: Choice) -> None:
    """Records of surveys and of citizens, with the cells where only one of them has any."""
    filters = choice.filters
    explored = explore(store(), filters, choice.listed)
    both = compare(store(), filters.at(None))
    paint = colours()
    drawn = replace(explored, is_wide=both.is_wide, in_cells=both.citizens + both.surveyed)
    layers = deck.records(filters.at(None), drawn, paint, Measure.COMPARED)
    alt = _("杭州地图：调查和大家各在哪些格子里有记录。下面写着格数。")
    marked = deck.highlight(_marked(choice, explored), paint)
    _draw(
        [*ground.under(paint), *layers, *ground.place_names(paint), *deck.names(paint), *marked],
        _view(choice, explored),
        alt,
    )
    sheet.layer_switch(choice)
    with sheet.opened(choice):
        sheet.comparison(choice, both)
        sheet.small_print(False, settings().map_approval, _is_staff())
        sheet.filters(("district", "group", "period"))
        sheet.months()
        if choice.spot and explored.contents.records:
            sheet.listing(explored.contents, day_of(known_now()))


def districts(choice: Choice) -> None:
    """The districts beside each other, by species; the chosen one outlined."""
    everywhere = replace(choice.filters, district=None)
    counted = sorted(
        store().map.districts(everywhere),
        key=lambda district: (-district.species, district.district),
    )
    starts = even_starts([district.species for district in counted])
    classes = dict.fromkeys(DISTRICTS, 0) | {
        district.district: class_of(district.species, starts) for district in counted
    }
    paint = colours()
    marked = deck.highlight(_district_outline(choice), paint)
    alt = _("杭州地图：13 个区县里公开记录的物种数。列表里都读得到。")
    layers = [
        *ground.under(paint),
        *deck.by_district(classes, paint),
        *ground.place_names(paint),
        *deck.names(paint),
    ]
    _draw([*layers, *marked], deck.view_of(*deck.CITY), alt)
    sheet.layer_switch(choice)
    with sheet.opened(choice):
        sheet.districts(counted, starts, choice.filters.district)
        sheet.small_print(False, settings().map_approval, _is_staff())
        sheet.filters(("group", "period", "status"))
        sheet.months()


def new_species(choice: Choice) -> None:
    """What the surveys found new, with level, evidence and source."""
    filters = choice.filters
    records = [
        record
        for record in store().surveys.new_records()
        if filters.district in (None, record.district)
        and filters.group_code in (None, record.group)
    ]
    places = placed(records)
    paint = colours()
    point = next((place for place in places if place.record.code == choice.code), None)
    ring = deck.ringed(point.latitude, point.longitude) if point else _district_outline(choice)
    layers = [*deck.new_species(places, paint), *deck.highlight(ring, paint)]
    alt = _("杭州地图：{count} 种新物种和新记录的大致位置。列表里都读得到。")
    _draw(
        [*ground.under(paint), *ground.place_names(paint), *deck.names(paint, LIFT_PX), *layers],
        _view(choice, None),
        alt.format(count=len(places)),
    )
    sheet.layer_switch(choice)
    with sheet.opened(choice):
        sheet.new_species_head(len(records))
        sheet.small_print(False, settings().map_approval, _is_staff())
        sheet.filters(("district", "group"))
        sheet.new_species(records, places, choice.code)


def _draw(layers: Sequence[deck.Layer], view: pydeck.ViewState, alt: str) -> None:
    """The map, which tells the choice what is tapped on it."""
    deck.draw(layers, view, alt, DECK, tapped)


def _read(choice: Choice, explored: Explored) -> None:
    """One record, or what the place holds."""
    if isinstance(choice.spot, Single):
        sheet.single(explored.contents.listed[0], day_of(known_now()))
        return
    sheet.head(choice, explored.contents)
    sheet.legend(explored, choice.measure)


def _is_staff() -> bool:
    return visitor().staff is not None


def _draw_sightings(choice: Choice, explored: Explored) -> None:
    paint = colours()
    tiles = deck.records(choice.filters, explored, paint, choice.measure)
    marked = deck.highlight(_marked(choice, explored), paint)
    alt = _("杭州地图：{place}，{count} 条观察记录。列表里都读得到。").format(
        place=sheet.place_name(choice), count=explored.contents.records
    )
    layers = [*ground.under(paint), *tiles, *ground.place_names(paint), *deck.names(paint), *marked]
    _draw(layers, _view(choice, explored), alt)


def _marked(choice: Choice, explored: Explored) -> dict[str, Any] | None:
    """The outlined feature: the chosen cell, square or record, else the district."""
    spot = choice.spot
    if isinstance(spot, Cell | Square):
        return deck.outlined(outline(spot))
    if isinstance(spot, Single) and explored.contents.listed:
        record = explored.contents.listed[0]
        return deck.ringed(record.decimal_latitude, record.decimal_longitude)
    return _district_outline(choice)


def _district_outline(choice: Choice) -> dict[str, Any] | None:
    code = choice.filters.district
    return deck.district_outline(code) if code else None


def _view(choice: Choice, explored: Explored | None) -> pydeck.ViewState:
    """The chosen district, else where the map opened: a tap must not move the map."""
    if choice.filters.district:
        return deck.view_of_district(choice.filters.district)
    if explored is None:
        return deck.view_of(*deck.CITY)
    if HOME not in st.session_state:
        st.session_state[HOME] = _home(choice, explored)
    return deck.view_of(*st.session_state[HOME])


def _home(choice: Choice, explored: Explored) -> deck.View:
    """The record that the address names, else the town."""
    if isinstance(choice.spot, Single) and explored.contents.listed:
        record = explored.contents.listed[0]
        return record.decimal_latitude - SINGLE_SOUTH, record.decimal_longitude, SINGLE_ZOOM
    return deck.TOWN
