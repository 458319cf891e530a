"""A message about the last tap on a page: stored until the next run, then shown once."""

from collections.abc import Callable

import streamlit as st

from observations.base.errors import Refused
from pages.parts import cards
from pages.parts.wording import sentence

KEY = "last_tap"
DONE, REFUSED = "ok", "warn"
ROLES = {DONE: "status", REFUSED: "alert"}


def notice(place: str = "") -> None:
    """Draw the stored message once; `place` tells several messages of a page apart."""
    if message := st.session_state.pop(KEY + place, None):
        kind, words = message
        cards.show(cards.note(words, kind, role=ROLES[kind], mark=kind))


def keep(words: str, place: str = "", kind: str = DONE) -> None:
    """Store a sentence for `notice`."""
    st.session_state[KEY + place] = (kind, words)


def do(act: Callable[[], str], place: str = "") -> None:
    """Call the function; store the sentence it returns, or that of its refusal, for `notice`."""
    try:
        keep(act(), place)
    except Refused as refused:
        keep(sentence(refused), place, REFUSED)
