"""Rate the district while a wave is open: one answer a person a quarter, changeable."""

import streamlit as st

from observations.log.clock import now_utc
from observations.log.errors import Refused
from observations.people.observer import ELSEWHERE
from observations.satisfaction.answering import submit
from observations.satisfaction.asking import own_answer
from observations.satisfaction.running import open_version
from observations.satisfaction.waves import wave_of
from pages.parts import satisfaction_form, satisfaction_why
from pages.parts import satisfaction_words as words
from pages.parts.consent import ask_consent
from pages.parts.limits import allow, network_here
from pages.parts.runtime import settings, store
from pages.parts.satisfaction_form import HOME, choose_home, filled
from pages.parts.session import visitor
from pages.parts.wording import sentence

KEPT = "rate_kept"
wave = wave_of(now_utc())
version = open_version(store(), now_utc())


def keep() -> None:
    """Store the answers, or remember why not; the form stays as it is."""
    device_id, home = visitor().device_id, st.session_state.get(HOME)
    beside = satisfaction_why.beside(wave, network_here())
    try:
        allow("rating", device_id, network_here())
        secret = settings().secret
        kept = submit(store(), secret, device_id, home, filled(wave), now_utc(), beside)
    except Refused as refusal:
        st.session_state[words.REFUSED] = sentence(refusal)
    else:
        st.session_state[KEPT] = kept


def form(asked: int) -> None:
    """Ask, and send with one button that stays in reach."""
    observer = visitor().observer
    before = observer and own_answer(store(), settings().secret, observer.observer_id, now_utc())
    known = observer.home_district if observer else None
    words.opening(wave, asked, known, bool(before))
    home = choose_home(known)
    if home == ELSEWHERE:
        words.elsewhere()
        return
    satisfaction_form.questions(wave, asked, before)
    satisfaction_why.why(wave, home)
    satisfaction_why.who(wave)
    with st.bottom.container(key="send", gap="small"):
        words.refusal()
        words.send(len(filled(wave).answers), bool(before), satisfaction_why.is_sending(wave), keep)


with st.container(key="narrow"):
    if version is None:
        words.closed(wave)
    elif KEPT in st.session_state and st.session_state[KEPT].wave_id == wave.wave_id:
        words.receipt(wave, st.session_state[KEPT].district, KEPT)
    elif ask_consent(lambda: words.opening(wave, version, None, False)):
        form(version)
    else:
        words.tabs()
