"""One species: what it is, where and when it is met, what protects it, where to look this week."""

import streamlit as st

from observations.base.clock import day_of
from observations.map.taxon_summary import summary_of
from observations.taxa.taxon import Taxon
from pages.parts import cards
from pages.parts.assets import ASSETS
from pages.parts.runtime import known_now, store
from pages.visit.species import first


def show(taxon: Taxon) -> None:
    """The page of one species."""
    now = known_now()
    summary = summary_of(store(), taxon, day_of(now))
    st.html(ASSETS / first.STYLE)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        cards.show(first.head(taxon, summary))
        cards.show(first.facts(taxon, summary))
    with right:
        for part in first.records(taxon, summary):
            cards.show(part)
    if summary.photos:
        cards.show(first.photos(summary.photos))
