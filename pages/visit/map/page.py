"""The map: released sightings, the surveys' new species, and what is read of them in the sheet."""

import streamlit as st

from pages.visit.map import choice as map_choice
from pages.visit.map import views

VIEWS = {
    map_choice.COMPARED: views.comparison,
    map_choice.BY_DISTRICT: views.districts,
    map_choice.NEW_SPECIES: views.new_species,
}

choice = map_choice.read()
with st.container(key="map"):
    VIEWS.get(choice.layer, views.sightings)(choice)
