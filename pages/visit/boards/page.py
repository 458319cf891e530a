"""Boards: green points by district and by person; satisfaction by district."""

import streamlit as st

from pages.parts import cards
from pages.parts.url_choice import url_choice
from pages.parts.wording import _
from pages.visit.boards import first, points, satisfaction

DRAWN = {"points": points.draw, "satisfaction": satisfaction.draw}

with st.container(key="narrow"):
    cards.show(cards.title(_("榜单")))
    names = {code: _(name) for code, name in first.BOARDS.items()}
    DRAWN[url_choice(_("榜单"), names, "board", "points")]()
