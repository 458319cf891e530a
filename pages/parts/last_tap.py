"""What a page's last tap did, or why it did nothing: kept for the run after it, then shown once."""

from collections.abc import Callable

import streamlit as st

from observations.base.errors import Refused
from pages.parts import cards
from pages.parts.wording import sentence

KEY = "last_tap"
DONE, REFUSED = "ok", "warn"
ROLES = {DONE: "status", REFUSED: "alert"}


def notice(place: str = "") -> None:
    """Draw it, once; `place` names one of several notices of a page."""
    if message := st.session_state.pop(KEY + place, None):
        kind, words = message
        cards.show(cards.note(words, kind, role=ROLES[kind], mark=kind))


def keep(words: str, place: str = "", kind: str = DONE) -> None:
    """Keep a sentence for `notice`."""
    st.session_state[KEY + place] = (kind, words)


def do(act: Callable[[], str], place: str = "") -> None:
    """Do it and keep the sentence it returns, or the refusal's, for `notice`."""
    try:
        keep(act(), place)
    except Refused as refused:
        keep(sentence(refused), place, REFUSED)
