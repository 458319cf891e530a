"""Places to visit: the list by kind, and one place with the species met around it."""

from collections.abc import Sequence

import streamlit as st

from observations.map.around import around
from observations.places.sites import Site
from pages.parts import cards
from pages.parts.assets import ASSETS
from pages.parts.runtime import store
from pages.parts.small_map import Spot, small_map
from pages.parts.wording import language
from pages.visit.places import first


def everything(sites: Sequence[Site]) -> None:
    """Every place, by kind."""
    _style()
    for part in first.listing(sites):
        cards.show(part)


def one(site: Site) -> None:
    """One place: where it is, when it is open, the species met around it."""
    _style()
    left, right = st.columns([1, 1], gap="medium")
    with left:
        cards.show(first.head(site))
        spot = Spot(site.latitude, site.longitude, site.uncertainty_m, is_rough=True)
        small_map(spot, site.name(language()), f"site_{site.code}")
    with right:
        met = around(store(), site.latitude, site.longitude, site.uncertainty_m)
        for part in first.species(met):
            cards.show(part)


def _style() -> None:
    st.html(ASSETS / first.STYLE)
