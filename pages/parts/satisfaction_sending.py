"""Storing what stands in the rating form, from a callback: it sees what was typed last."""

import streamlit as st

from observations.log.clock import now_utc
from observations.log.errors import Refused
from observations.satisfaction.answering import submit
from observations.satisfaction.waves import Wave
from pages.parts import satisfaction_why
from pages.parts import satisfaction_words as words
from pages.parts.limits import allow, network_here
from pages.parts.runtime import settings, store
from pages.parts.satisfaction_form import HOME, filled
from pages.parts.session import visitor
from pages.parts.wording import sentence

KEPT = "rate_kept"


def keep(wave: Wave) -> None:
    """Store the answers, or remember why not; the form stays as it is."""
    device_id, home = visitor().device_id, st.session_state.get(HOME)
    beside = satisfaction_why.beside(wave, network_here())
    try:
        if device_id is None:
            raise Refused("csrf.missing")
        allow("rating", device_id, network_here())
        secret = settings().secret
        kept = submit(store(), secret, device_id, home, filled(wave), now_utc(), beside)
    except Refused as refusal:
        st.session_state[words.REFUSED] = sentence(refusal)
    else:
        st.session_state[KEPT] = kept
