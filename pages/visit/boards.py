"""Boards: green points by district and by person; satisfaction by district."""

import streamlit as st

from pages.parts import cards, points_board, satisfaction_board
from pages.parts.wording import _

BOARDS = {"points": points_board.draw, "satisfaction": satisfaction_board.draw}

with st.container(key="narrow"):
    cards.show(cards.title(_("榜单")))
    names = {"points": _("绿点"), "satisfaction": _("满意度")}
    chosen = st.segmented_control(
        _("榜单"),
        list(BOARDS),
        default="points",
        format_func=names.__getitem__,
        key="board",
        label_visibility="collapsed",
        width="stretch",
        required=True,
        bind="query-params",
    )
    BOARDS[chosen or "points"]()
