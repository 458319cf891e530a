"""The log: who did what, when, before and after, and how far it is sealed."""

import streamlit as st

from pages.desk.log import lines
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.paging import next_page
from pages.parts.wording import _

staff = staff_only("read_log")
with st.container(key="narrow"):
    cards.show(cards.title(_("谁做了什么"), _("每一次改动都在这里；封好的改不了，改了查得出。")))
    lines.sealed()
    listed, more = lines.listed(staff.person, lines.question())
    if listed:
        lines.draw(listed)
    else:
        cards.show(cards.empty("search", _("没有这样的记录"), _("少选一项，或换一段日子。")))
    next_page(listed[-1].line.entry_id.hex if more else None)
