"""Home: what is new, the two ways to act, the city's figures, stories."""

import streamlit as st

from observations.log.clock import day_of, now_utc
from pages.parts import front
from pages.parts.runtime import store

SHOWN = 8

today = day_of(now_utc())
front.hero()
front.latest(store().occurrences.latest_released(SHOWN), today)
front.festival(store().festivals.current(today), today)
front.counted()
left, right = st.columns(2, gap="medium")
with left:
    front.new_species()
with right:
    front.nature_day(today)
front.other_ways()
