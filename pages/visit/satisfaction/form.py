"""The satisfaction form: one card a question, every widget keyed so that nothing chosen is lost."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from observations.people.observer import ELSEWHERE
from observations.places.districts import DISTRICTS
from observations.satisfaction.dimensions import (
    ANSWERS,
    NAMES,
    QUESTIONNAIRES,
    QUESTIONS,
    Dimension,
)
from observations.satisfaction.responses import Questionnaire, Response
from observations.satisfaction.waves import Wave
from pages.parts import cards
from pages.parts.wave_words import place_name
from pages.parts.wording import _

UNSURE = 0
HOME, ASKED = "satisfaction_home", "satisfaction_asked_why"
ENDS = Markup('<div class="g-ends g-sub"><span>{}</span><span>{}</span></div>')


def answer_key(wave: Wave, dimension: Dimension) -> str:
    """The key of a question's widget; a new quarter starts with an empty form."""
    return f"satisfaction_{wave.wave_id}_{dimension}"


def reason_key(wave: Wave) -> str:
    """The key of the field that asks why."""
    return f"satisfaction_{wave.wave_id}_reason"


def about_key(wave: Wave) -> str:
    """The key of the field that says which low answer the reason is about."""
    return f"satisfaction_{wave.wave_id}_about"


def filled(wave: Wave) -> Questionnaire:
    """The answers and the reason as they stand in the form.

    Read from the session, so that a callback sees what was typed a moment before the tap.
    """
    values = {d: st.session_state.get(answer_key(wave, d)) for d in Dimension}
    answers = {dimension: answer for dimension, answer in values.items() if answer}
    return Questionnaire(answers, st.session_state.get(reason_key(wave)) or "")


def choose_home(home: str | None) -> str | None:
    """Ask once where the visitor lives; the home chosen now, or `home` where it is known."""
    if home and home != ELSEWHERE:
        st.session_state.pop(HOME, None)
        return home
    names = {code: place_name(code) for code in DISTRICTS} | {ELSEWHERE: _("不住杭州")}
    st.session_state.setdefault(HOME, home)
    with st.container(key="card_home", gap="small"):
        cards.show(
            cards.heading(_("你住在哪个区？")), cards.sub(_("只问这一次，评分记在这个区名下。"))
        )
        return st.pills(
            _("你住在哪个区？"),
            list(names),
            format_func=names.__getitem__,
            key=HOME,
            label_visibility="collapsed",
            persist_state="session",
        )


def questions(wave: Wave, version: int, before: Response | None, why: Callable[[], None]) -> None:
    """Draw a card a question of this version; `why` is asked right under a low answer.

    Under the first that was low; a tap brings the question to another low one.
    """
    if before:
        _prefill(wave, before.questionnaire)
    dimensions = QUESTIONNAIRES[version]
    low = [dimension for dimension in dimensions if dimension in filled(wave).low]
    place_of_why = st.session_state.get(ASKED)
    if place_of_why not in low:
        place_of_why = st.session_state[ASKED] = low[0] if low else None
    for number, dimension in enumerate(dimensions, 1):
        place = _("{number} / {count} · {name}").format(
            number=number, count=len(dimensions), name=_(NAMES[dimension])
        )
        _question(dimension, place, answer_key(wave, dimension))
        if dimension == place_of_why:
            why()
        elif dimension in low:
            _ask_here(wave, dimension)


def _ask_here(wave: Wave, dimension: Dimension) -> None:
    st.button(
        _("哪里不满意？说说这一项"),
        key=f"why_{dimension}",
        width="stretch",
        on_click=_bring_here,
        args=(wave, dimension),
    )


def _bring_here(wave: Wave, dimension: Dimension) -> None:
    st.session_state[ASKED] = dimension
    st.session_state[about_key(wave)] = str(dimension)


def _prefill(wave: Wave, before: Questionnaire) -> None:
    for dimension in Dimension:
        answer = before.answers.get(dimension, UNSURE)
        st.session_state.setdefault(answer_key(wave, dimension), answer)
    st.session_state.setdefault(reason_key(wave), before.reason)


def _question(dimension: Dimension, place: str, key: str) -> None:
    question = _(QUESTIONS[dimension])
    with st.container(key=f"card_{dimension}", gap="small"):
        cards.show(cards.sub(place), cards.heading(question))
        with st.container(key=f"scale_{dimension}", gap="small"):
            st.segmented_control(
                question,
                [*ANSWERS, UNSURE],
                format_func=_scale,
                key=key,
                label_visibility="collapsed",
                width="stretch",
                persist_state="session",
            )
        cards.show(ENDS.format(_("1 很不满意"), _("5 很满意")))


def _scale(answer: int) -> str:
    return _("说不清") if answer == UNSURE else str(answer)
