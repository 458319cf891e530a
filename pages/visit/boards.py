"""Boards: green points by district and by person; satisfaction by district."""

import streamlit as st

from pages.parts import cards, points_board, satisfaction_board
from pages.parts.url_choice import url_choice
from pages.parts.wording import _

BOARDS = {"points": points_board.draw, "satisfaction": satisfaction_board.draw}

with st.container(key="narrow"):
    cards.show(cards.title(_("榜单")))
    names = {"points": _("绿点"), "satisfaction": _("满意度")}
    BOARDS[url_choice(_("榜单"), names, "board", "points")]()
