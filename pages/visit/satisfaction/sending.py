"""Storing the satisfaction form from a callback, which sees what was typed last."""

import streamlit as st

from observations.base.errors import Refused
from observations.satisfaction.submission import submit
from observations.satisfaction.waves import Wave
from pages.parts import last_tap
from pages.parts.limits import allow, network_here
from pages.parts.runtime import known_now, settings, store
from pages.parts.session import visitor
from pages.parts.wording import sentence
from pages.visit.satisfaction import why, words
from pages.visit.satisfaction.form import HOME, filled

KEPT = "satisfaction_kept"


def keep(wave: Wave) -> None:
    """Store the answers, or remember the refusal; the form stays as it is."""
    device_id, home = visitor().device_id, st.session_state.get(HOME)
    extras = why.extras(wave, network_here())
    try:
        if device_id is None:
            raise Refused("csrf.missing")
        allow("satisfaction", device_id, network_here())
        secret = settings().secret
        response = submit(store(), secret, device_id, home, filled(wave), known_now(), extras)
    except Refused as refusal:
        last_tap.keep(sentence(refusal), words.REFUSED, last_tap.REFUSED)
    else:
        st.session_state[KEPT] = response
