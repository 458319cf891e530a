"""The staff's own pages, as links to one another."""

import streamlit as st

from pages.parts import site
from pages.parts.session import visitor
from pages.parts.wording import _


def staff_links(here: str) -> None:
    """Draw a link to each of the staff's pages that the visitor may open, but the one they see."""
    mine = site.desks(site.open_to(visitor().person))
    entries = [entry for entry in mine if entry.path != here]
    with st.container(key="staff_links", horizontal=True, gap="small"):
        for entry in entries:
            st.page_link(entry.script, label=_(entry.title))
