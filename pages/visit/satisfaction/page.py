"""Satisfaction with the district while a wave is open: one answer a quarter, changeable."""

from functools import partial

import streamlit as st

from observations.people.observer import ELSEWHERE
from observations.satisfaction.own_answers import own_answer
from observations.satisfaction.wave_steps import open_version
from observations.satisfaction.waves import wave_of
from pages.parts.recorder.consent import ask_consent
from pages.parts.runtime import known_now, settings, store
from pages.parts.session import visitor
from pages.visit.satisfaction import form as satisfaction_form
from pages.visit.satisfaction import why, words
from pages.visit.satisfaction.form import choose_home, filled
from pages.visit.satisfaction.sending import KEPT, keep

wave = wave_of(known_now())
version = open_version(store(), known_now())


def form(version: int) -> None:
    """Ask, and send with one button that stays in reach."""
    observer = visitor().observer
    before = (
        own_answer(store(), settings().secret, observer.observer_id, known_now())
        if observer
        else None
    )
    home_before = observer.home_district if observer else None
    words.opening(wave, version, home_before, bool(before))
    home = choose_home(home_before)
    if home == ELSEWHERE:
        words.elsewhere()
        return
    satisfaction_form.questions(wave, version, before, lambda: why.why(wave, home))
    why.who(wave)
    with st.bottom.container(key="send", gap="small"):
        words.refusal()
        is_waiting = why.is_sending(wave)
        words.send(len(filled(wave).answers), bool(before), is_waiting, lambda: keep(wave))


with st.container(key="narrow"):
    if version is None:
        words.closed(wave, bool(store().satisfaction.waves()))
    elif KEPT in st.session_state and st.session_state[KEPT].wave_id == wave.wave_id:
        words.receipt(st.session_state[KEPT], KEPT, partial(why.afterwards, wave, keep))
    elif ask_consent(partial(words.opening, wave, version, None, False)):
        form(version)
    else:
        words.tabs()
