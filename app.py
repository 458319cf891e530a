"""The entry point: `streamlit run app.py` starts pages, routes and tasks in one server."""

from pathlib import Path

import streamlit as st

from pages.parts.runtime import lifespan, refusing_in_one_sentence, settings
from pages.shell.middleware import middleware
from pages.shell.page_error import show_error_line
from pages.shell.routes import routes
from pages.visit.about import first as about
from pages.visit.boards import first as boards
from pages.visit.discoveries import first as discoveries
from pages.visit.festival import first as festival
from pages.visit.home import first as home
from pages.visit.map import first as city_map
from pages.visit.places import first as places
from pages.visit.record import first as record
from pages.visit.sighting import first as sighting
from pages.visit.species import first as species

# What the server sends of a page before Streamlit has started; other pages send their heading.
FIRST_SCREENS = {
    "": home.screen,
    "about": about.screen,
    "boards": boards.screen,
    "discoveries": discoveries.screen,
    "festival": festival.screen,
    "map": city_map.screen,
    "places": places.screen,
    "record": record.screen,
    "sighting": sighting.screen,
    "species": species.screen,
}

with refusing_in_one_sentence():
    settings()

app = st.App(
    Path(__file__).resolve().parent / "pages" / "frame.py",
    lifespan=lifespan,
    routes=routes(),
    middleware=middleware(FIRST_SCREENS),
    on_script_error=show_error_line,
)
