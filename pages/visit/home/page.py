"""Home: what is new, the two ways to act, the city's figures, stories."""

import streamlit as st

from observations.base.clock import day_of
from pages.parts import cards, ways
from pages.parts.runtime import known_now, store
from pages.visit.home import first, sections

today = day_of(known_now())
sections.hero()
sections.waiting_for_me()
sections.newcomer()
cards.show(ways.look_around())
cards.show(first.latest(store().occurrences.latest_released(first.SHOWN), today))
sections.festival(store().festivals.current(today), today)
cards.show(first.counted())
left, right = st.columns(2, gap="medium")
with left:
    sections.new_species()
with right:
    cards.show(first.nature_day(today))
sections.other_ways()
