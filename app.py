"""The entry point: `streamlit run app.py` starts pages, routes and tasks in one server."""

from pathlib import Path

import streamlit as st

from pages.parts.runtime import lifespan, refusing_in_one_sentence, settings
from pages.shell.middleware import middleware
from pages.shell.page_error import show_error_line
from pages.shell.routes import routes

with refusing_in_one_sentence():
    settings()

app = st.App(
    Path(__file__).resolve().parent / "pages" / "frame.py",
    lifespan=lifespan,
    routes=routes(),
    middleware=middleware(),
    on_script_error=show_error_line,
)
