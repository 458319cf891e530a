"""Rate the district: seven questions, one answer a person a quarter, changeable."""

import streamlit as st

from observations.log.clock import now_utc
from observations.log.errors import Refused
from observations.people.observer import ELSEWHERE
from observations.satisfaction.answering import submit
from observations.satisfaction.asking import own_answer
from observations.satisfaction.waves import wave_of
from pages.parts import satisfaction_words as words
from pages.parts.consent import ask_consent
from pages.parts.limits import allow, network_here
from pages.parts.runtime import settings, store
from pages.parts.satisfaction_form import HOME, choose_home, filled, questions
from pages.parts.session import visitor
from pages.parts.wording import sentence

KEPT = "rate_kept"
wave = wave_of(now_utc())


def keep() -> None:
    """Store the answers, or remember why not; the form stays as it is."""
    device_id, home = visitor().device_id, st.session_state.get(HOME)
    try:
        allow("rating", device_id, network_here())
        kept = submit(store(), settings().secret, device_id, home, filled(wave), now_utc())
    except Refused as refusal:
        st.session_state[words.REFUSED] = sentence(refusal)
    else:
        st.session_state[KEPT] = kept


def form() -> None:
    """Ask, and send with one button that stays in reach."""
    observer = visitor().observer
    before = observer and own_answer(store(), settings().secret, observer.observer_id, now_utc())
    known = observer.home_district if observer else None
    words.opening(wave, known, bool(before))
    if choose_home(known) == ELSEWHERE:
        words.elsewhere()
        return
    questions(wave, before)
    with st.bottom.container(key="send", gap="small"):
        words.refusal()
        label = words.send(len(filled(wave).answers), bool(before))
        st.button(label, key="rate_send", type="primary", width="stretch", on_click=keep)


with st.container(key="narrow"):
    if KEPT in st.session_state and st.session_state[KEPT].wave_id == wave.wave_id:
        words.receipt(wave, st.session_state[KEPT].district, KEPT)
    elif ask_consent(lambda: words.opening(wave, None, False)):
        form()
    else:
        words.tabs()
