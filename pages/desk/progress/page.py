"""How the desk is doing."""

import streamlit as st

from pages.desk.progress import figures
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.wording import _

staff_only("verify")
with st.container(key="narrow"):
    cards.show(cards.title(_("核实进展"), _("打开这一页时数的。")))
    figures.waiting()
    figures.work()
    figures.audit()
