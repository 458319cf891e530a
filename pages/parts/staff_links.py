"""The staff's own pages, as links to one another."""

import streamlit as st

from pages.parts import site
from pages.parts.session import visitor
from pages.parts.typed import keep_typed
from pages.parts.wording import _


def staff_links(here: str) -> None:
    """Draw a link to each of the staff's pages that the visitor may open, but the one they see.

    With it goes what keeps their typed words over a sign-in.
    """
    person = visitor().person
    mine = site.desks(site.open_to(person))
    entries = [entry for entry in mine if entry.path != here]
    with st.container(key="staff_links", horizontal=True, gap="small"):
        for entry in entries:
            st.page_link(entry.script, label=_(entry.title))
    if person.staff_id:
        keep_typed(person.staff_id)
