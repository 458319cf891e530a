"""Places to visit: the list by kind, and one place with the species met around it."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from observations.map.around import around
from observations.places.districts import DISTRICTS
from observations.places.sites import KIND_NAMES, Site
from pages.parts import cards
from pages.parts.assets import ASSETS
from pages.parts.runtime import store
from pages.parts.small_map import Spot, small_map
from pages.parts.wording import _, language
from pages.visit.places import first


def everything(sites: Sequence[Site]) -> None:
    """Every place, by kind."""
    _style()
    for part in first.listing(sites):
        cards.show(part)


def one(site: Site) -> None:
    """One place: where it is, when it is open, the species met around it."""
    _style()
    district = DISTRICTS[site.district].name(language())
    back = Markup('<p><a href="/places">{}</a></p>').format(_("所有地点"))
    badge = cards.badge(_(KIND_NAMES[site.kind]), "", first.ICONS[site.kind])
    left, right = st.columns([1, 1], gap="medium")
    with left:
        head = cards.title(site.name(language()), district)
        line = Markup("<p>{}</p>").format(badge)
        cards.show(back, head, line, *first.about(site), first.facts(site))
        spot = Spot(site.latitude, site.longitude, site.uncertainty_m, is_rough=True)
        small_map(spot, site.name(language()), f"site_{site.code}")
    with right:
        met = around(store(), site.latitude, site.longitude, site.uncertainty_m)
        for part in first.species(met):
            cards.show(part)


def _style() -> None:
    st.html(ASSETS / "species" / "species.css")
