"""Boards: green points by district and by person; satisfaction by district."""

import streamlit as st

from pages.parts import cards
from pages.parts.url_choice import url_choice
from pages.parts.wording import _
from pages.visit.boards import points, satisfaction

BOARDS = {"points": points.draw, "satisfaction": satisfaction.draw}

with st.container(key="narrow"):
    cards.show(cards.title(_("榜单")))
    names = {"points": _("绿点"), "satisfaction": _("满意度")}
    BOARDS[url_choice(_("榜单"), names, "board", "points")]()
