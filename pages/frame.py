"""The frame round every page: language, who is here, which pages they may open; then the page."""

import streamlit as st

from pages.parts import bars, cards, measures, site, url_choice
from pages.parts.file_field import turn_to_this_page
from pages.parts.runtime import settings
from pages.parts.session import STAFF_COOKIE, visitor
from pages.parts.staff_links import staff_links
from pages.parts.turns import turn
from pages.parts.wording import _

with turn():
    url_choice.begin()
    visiting = visitor()
    entries = site.open_to(visiting.person)
    # A session that ended leaves its cookie behind: the guard then says where to sign in.
    has_ended = STAFF_COOKIE in st.context.cookies and visiting.staff is None
    reachable = site.written() if has_ended or visiting.lacks_second_step else entries
    pages = {
        entry.path: st.Page(
            entry.script, title=_(entry.title), url_path=entry.path or None, default=not entry.path
        )
        for entry in reachable
    }
    page = st.navigation(list(pages.values()), position="hidden")
    turn_to_this_page()
    here = next(entry for entry in reachable if pages[entry.path] is page)
    st.set_page_config(page_title=f"{_(here.title)} · {_(site.NAME)}", layout="wide")

    bars.top_bar(entries, here, settings().is_demo, visiting.person.staff_id is not None)
    if not here.is_task:
        bars.tabs(entries, here)
    if here.mode:
        bars.modes(entries, here)
    with measures.reruns.labels(here.path).time():
        page.run()
    if here in site.desks(entries):
        staff_links(here.path)
    if not (here.is_task or here.is_full):
        cards.show(bars.footer(entries))
