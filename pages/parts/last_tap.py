"""What a page's last tap did, or why it did nothing."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from observations.base.errors import Refused
from pages.parts import cards
from pages.parts.wording import sentence

SAID = "said"
NOTE = Markup('<div class="g-note {}" role="status">{} {}</div>')


def notice() -> None:
    """Draw it, once."""
    if SAID in st.session_state:
        kind, words = st.session_state.pop(SAID)
        cards.show(NOTE.format(kind, cards.icon(kind), words))


def do(what: Callable[[], str]) -> None:
    """Do `what` and keep its sentence, or the refusal's, for `notice`."""
    try:
        st.session_state[SAID] = ("ok", what())
    except Refused as refused:
        st.session_state[SAID] = ("warn", sentence(refused))
