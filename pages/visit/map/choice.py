"""The visitor's choice on the map page: it stands in the address, so that it can be shared."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import streamlit as st

from observations.base.clock import day_of
from observations.base.wording import N_
from observations.map.exploring import (
    STATUSES_OF,
    Certainty,
    Filters,
    Measure,
    Origin,
    Period,
    Subject,
    days_of,
)
from observations.map.spots import Spot, spot_of
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import Group
from pages.parts.runtime import known_now
from pages.parts.url_choice import follow, from_address, show, shown, to_address

SIGHTINGS, SURVEY, COMPARED = "sightings", "survey", "compared"
RICHNESS, BY_DISTRICT, NEW_SPECIES = "richness", "districts", "new"
LAYERS = {
    SIGHTINGS: N_("观察记录"),
    SURVEY: N_("调查记录"),
    COMPARED: N_("调查和大家，各看到哪里"),
    RICHNESS: N_("物种多少"),
    BY_DISTRICT: N_("各区县"),
    Subject.INVASIVE: N_("外来入侵物种"),
    Subject.PROTECTED: N_("国家保护物种"),
    NEW_SPECIES: N_("新物种和新记录"),
}
LAYER_HELP = {
    SIGHTINGS: N_("大家公开的记录，颜色越深，记录越多。"),
    SURVEY: N_("专业调查的记录，和大家拍到的分开数。"),
    COMPARED: N_("同一格里，调查和大家各有没有记录。"),
    RICHNESS: N_("颜色越深，那一格记录到的种越多。"),
    BY_DISTRICT: N_("每个区县记录到多少种，点一下看它自己。"),
    Subject.INVASIVE: N_("国家重点管理的外来入侵物种，在哪里。"),
    Subject.PROTECTED: N_("国家重点保护的物种，怕打扰的只画大概。"),
    NEW_SPECIES: N_("杭州的新物种和新记录，点开看出处。"),
}
ALL = "all"
OPTIONS: dict[str, tuple[str, ...]] = {
    "layer": tuple(LAYERS),
    "district": (ALL, *DISTRICTS),
    "group": (ALL, *Group),
    "period": tuple(Period),
    "status": tuple(Certainty),
}
USUAL = {"layer": SIGHTINGS, "district": ALL, "group": ALL, "period": ALL, "status": ALL}
FREE = ("spot", "taxon")  # what no widget shows: a place that was tapped, a species linked to
MONTHS = "months"
LISTED = "listed"
STEP = 20
DECK = "deck"


@dataclass(frozen=True)
class Choice:
    """What to show.

    `spot` is None for the city, a whole district, and new species, whose record `code` names.
    """

    layer: str
    filters: Filters
    spot: Spot | None
    code: str
    listed: int

    @property
    def measure(self) -> Measure:
        """What the colour of a cell stands for."""
        measures = {RICHNESS: Measure.SPECIES, COMPARED: Measure.COMPARED}
        return measures.get(self.layer, Measure.RECORDS)

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter but the spot is set."""
        return self.filters != Filters(spot=self.spot, origin=self.filters.origin)


def key_of(name: str) -> str:
    """The widget's key for a part of the choice."""
    return f"map_{name}"


def read() -> Choice:
    """The choice in the address, put into the widgets."""
    for name, options in OPTIONS.items():
        from_address(name, options, USUAL[name], key_of(name))
    for name in FREE:
        follow(name, str, key_of(name))
    follow(MONTHS, _months, key_of(MONTHS))
    return _choice()


def tapped() -> None:
    """Select what was tapped on the map; a tap on empty ground clears the selection."""
    objects: dict[str, list[dict[str, Any]]] = st.session_state[DECK].selection.objects
    features = [entry for entries in objects.values() for entry in entries]
    properties = features[0].get("properties", {}) if features else {}
    if "adcode" in properties:
        st.session_state[key_of("district")] = str(properties["adcode"])
    st.session_state[key_of("spot")] = str(properties.get("i", ""))
    to_address(LISTED)


def deselect() -> None:
    """Clear the spot, keep the filters; also when a filter changes."""
    st.session_state[key_of("spot")] = ""
    to_address(LISTED)


def clear() -> None:
    """Reset the choice to the whole city without filters."""
    st.session_state[key_of("taxon")] = ""
    st.session_state[key_of(MONTHS)] = []
    if _state("layer") in set(Subject):
        st.session_state[key_of("layer")] = SIGHTINGS
    for name in ("district", "group", "period", "status"):
        st.session_state[key_of(name)] = USUAL[name]
    deselect()


def show_taxon(taxon_id: str) -> None:
    """Show one species, in a layer that has single ones."""
    if _state("layer") not in (SIGHTINGS, SURVEY):
        st.session_state[key_of("layer")] = SIGHTINGS
    st.session_state[key_of("taxon")] = taxon_id
    deselect()


def show_more() -> None:
    """A longer list."""
    show(LISTED, shown(LISTED, STEP) + STEP)


def _choice() -> Choice:
    code = _state("spot")
    layer = _state("layer")
    spot = spot_of(code) if code and layer not in (NEW_SPECIES, BY_DISTRICT) else None
    first, last = days_of(Period(_state("period")), day_of(known_now()))
    filters = Filters(
        group_code=_unless_all("group"),
        taxon_id=_taxon_id(_state("taxon")),
        district=_unless_all("district"),
        first_day=first,
        last_day=last,
        statuses=STATUSES_OF[Certainty(_state("status"))],
        subject=Subject(layer) if layer in set(Subject) else None,
        months=tuple(_state(MONTHS)),
        spot=spot,
    ).of(Origin.SURVEY if layer == SURVEY else Origin.CITIZENS)
    return Choice(layer, filters, spot, code, shown(LISTED, STEP))


def _months(text: str) -> list[int]:
    """The months that an address names, 1 to 12; what is none is left out."""
    months = {
        int(part) for part in text.split(",") if part.isascii() and part.isdigit() and len(part) < 3
    }
    return sorted(months & set(range(1, 13)))


def _taxon_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _unless_all(name: str) -> str | None:
    return None if _state(name) == ALL else str(_state(name))


def _state(name: str) -> Any:
    return st.session_state[key_of(name)]
