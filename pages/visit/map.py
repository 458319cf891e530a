"""The map: released sightings, the surveys' new species, and what is read of them in the sheet."""

import streamlit as st

from pages.parts import map_choice, map_views

VIEWS = {
    map_choice.SIGHTINGS: map_views.sightings,
    map_choice.NEW_SPECIES: map_views.new_species,
}

choice = map_choice.read()
with st.container(key="map"):
    VIEWS[choice.layer](choice)
map_choice.remember()
