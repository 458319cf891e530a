"""The wall: photos of one species or one festival; tap the wrong ones, accept the rest."""

import streamlit as st

from pages.desk.wall import words
from pages.desk.wall.tiles import tiles
from pages.desk.wall.wall import last_batch, seen, wall
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.last_tap import notice
from pages.parts.runtime import known_now
from pages.parts.wording import _


@st.fragment
def work() -> None:
    """The part of the page that runs again after each press, with the next photos."""
    staff_only("verify")
    mine = wall()
    why = _("点一下不对的，它留给核实台；其余的一起接受，也能一起撤回。")
    cards.show(cards.title(_("照片墙"), why))
    notice()
    words.way_back(last_batch(), mine)
    if mine is None:
        words.choices()
    elif photos := seen(mine):
        tiles(mine, photos, known_now())
    else:
        words.empty()


staff_only("verify")
work()
