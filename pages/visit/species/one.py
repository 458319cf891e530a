"""One species: what it is, where and when it is met, what protects it, where to look this week."""

import streamlit as st

from observations.base.clock import day_of, now_utc
from observations.map.taxon_summary import summary_of
from observations.taxa.taxon import Taxon
from pages.parts import cards
from pages.parts.assets import ASSETS
from pages.parts.runtime import store
from pages.visit.species import first


def show(taxon: Taxon) -> None:
    """The page of one species."""
    now = now_utc()
    known = summary_of(store(), taxon, day_of(now))
    st.html(ASSETS / "species" / "species.css")
    left, right = st.columns([1, 1], gap="medium")
    with left:
        cards.show(first.head(taxon, known))
        cards.show(first.facts(taxon, known))
    with right:
        if known.tally:
            cards.show(first.where(taxon))
            cards.show(first.this_week(taxon, known.this_week))
            cards.show(first.season(known))
            if districts := first.districts(known):
                cards.show(districts)
        else:
            cards.show(first.not_found(taxon))
    if known.photos:
        cards.show(first.photos(known.photos))
