"""The map: released sightings, the surveys' new species, and what is read of them in the sheet."""

import streamlit as st

from pages.parts import map_choice, map_views

VIEWS = {
    map_choice.COMPARED: map_views.comparison,
    map_choice.BY_DISTRICT: map_views.districts,
    map_choice.NEW_SPECIES: map_views.new_species,
}

choice = map_choice.read()
with st.container(key="map"):
    VIEWS.get(choice.layer, map_views.sightings)(choice)
map_choice.remember()
