"""The staff's own pages, as links to one another."""

import streamlit as st

from observations.log.roles import VISIT
from pages.parts import site
from pages.parts.session import visitor
from pages.parts.wording import _


def staff_links(here: str) -> None:
    """Draw a link to each of the staff's pages that the visitor may open, but the one they see."""
    entries = [
        entry
        for entry in site.open_to(visitor().person)
        if entry.action != VISIT and entry.path != here
    ]
    with st.container(key="staff_links", horizontal=True, gap="small"):
        for entry in entries:
            st.page_link(entry.script, label=_(entry.title))
