"""The visitor's choice on the map page. It is kept in the address, so that it can be shared."""

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
LISTED = "map_listed"
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
    """The choice in the widgets; on the first run, in the address."""
    for name, options in OPTIONS.items():
        value = st.query_params.get(name, "")
        st.session_state.setdefault(key_of(name), value if value in options else USUAL[name])
        if st.session_state[key_of(name)] is None:  # a segment tapped twice lets go of itself
            st.session_state[key_of(name)] = USUAL[name]
    for name in FREE:
        st.session_state.setdefault(key_of(name), st.query_params.get(name, ""))
    st.session_state.setdefault(key_of(MONTHS), _months(st.query_params.get(MONTHS, "")))
    return _choice()


def remember() -> None:
    """Write the choice into the address, defaults left out."""
    choices = {name: str(_state(name)) for name in (*OPTIONS, *FREE)}
    choices[MONTHS] = ",".join(str(month) for month in _state(MONTHS))
    worth = {name: value for name, value in choices.items() if value != USUAL.get(name, "")}
    if st.query_params.to_dict() != worth:
        st.query_params.from_dict(worth)


def tapped() -> None:
    """Select what was tapped on the map; a tap on empty ground clears the selection."""
    objects: dict[str, list[dict[str, Any]]] = st.session_state[DECK].selection.objects
    features = [entry for entries in objects.values() for entry in entries]
    properties = features[0].get("properties", {}) if features else {}
    if "adcode" in properties:
        st.session_state[key_of("district")] = str(properties["adcode"])
    st.session_state[key_of("spot")] = str(properties.get("i", ""))
    st.session_state[LISTED] = STEP


def deselect() -> None:
    """Clear the spot, keep the filters; also when a filter changes."""
    st.session_state[key_of("spot")] = ""
    st.session_state[LISTED] = STEP


def clear() -> None:
    """Reset the choice to the whole city without filters."""
    deselect()
    st.session_state[key_of("taxon")] = ""
    st.session_state[key_of(MONTHS)] = []
    if _state("layer") in set(Subject):
        st.session_state[key_of("layer")] = SIGHTINGS
    for name in ("district", "group", "period", "status"):
        st.session_state[key_of(name)] = USUAL[name]


def show_more() -> None:
    """A longer list."""
    st.session_state[LISTED] = st.session_state.get(LISTED, STEP) + STEP


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
    listed = st.session_state.get(LISTED, STEP)
    return Choice(layer, filters, spot, code, listed)


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
