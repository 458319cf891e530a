"""What the last tap did, or why it did nothing: said once, where it can be seen and is spoken."""

from collections.abc import Callable

import streamlit as st

from observations.base.errors import Refused
from observations.base.ids import new_id
from pages.parts import cards
from pages.parts.wording import sentence

KEY = "last_tap"
DONE, REFUSED = "ok", "warn"
ROLES = {DONE: "status", REFUSED: "alert"}


def notice(place: str = "") -> None:
    """Draw the stored message once; `place` tells several messages of a page apart."""
    if message := st.session_state.pop(KEY + place, None):
        say(*message)


def say(words: cards.Text, kind: str = DONE, of: object = "") -> None:
    """Draw a message about what was just tapped: `assets/app/said.js` scrolls to it where needed.

    The same words come, and are spoken, anew each time, unless they are still `of` the same.
    """
    cards.show(cards.said(words, kind, ROLES[kind], of or new_id()))


def keep(words: str, place: str = "", kind: str = DONE) -> None:
    """Store a sentence for `notice`."""
    st.session_state[KEY + place] = (words, kind)


def do(act: Callable[[], str], place: str = "") -> None:
    """Call the function; store the sentence it returns, or that of its refusal, for `notice`."""
    try:
        keep(act(), place)
    except Refused as refused:
        keep(sentence(refused), place, REFUSED)
