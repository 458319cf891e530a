"""A programme's code: scanned (`/action?code=`) or typed, it logs the action that it is for."""

import streamlit as st

from observations.actions.codes import ProgrammeCode
from observations.actions.programmes import find_code, use_code
from observations.base.clock import day_of
from observations.base.errors import Refused
from pages.parts import cards, last_tap
from pages.parts.dates import moment_words
from pages.parts.limits import allow, network_here
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _, language, sentence
from pages.visit.action.sending import KEPT, report_id

TYPED = "action_code_typed"


def from_address() -> str:
    """The code in the address; "" where there is none."""
    return str(st.query_params.get("code", ""))[:20]


def opening() -> None:
    """The action of the code, before anything is sent."""
    cards.show(cards.title(_("现场的码")))
    try:
        allow("codes", visitor().device_id, network_here())
        _programme(find_code(store(), from_address()))
    except Refused as refused:
        last_tap.say(sentence(refused), last_tap.REFUSED, of=from_address())


def send() -> None:
    """The button; beside it the reason if the code gave no points.

    Points are shown on the receipt.
    """
    with st.bottom.container(key="send", gap="small"):
        last_tap.notice(TYPED)
        st.button(
            _("用这个码记下"), key="code_send", type="primary", width="stretch", on_click=_use
        )
        st.button(_("不用码，自己填"), key="code_leave", width="stretch", on_click=_leave)


def enter() -> None:
    """A field for a visitor who has the code only as text."""
    with st.expander(_("手里有现场的码？"), key="action_code"):
        st.text_input(_("码"), key=TYPED, max_chars=20, placeholder=_("十位字母和数字"))
        st.button(_("看看这个码"), key="code_look", width="stretch", on_click=_look)


def _programme(code: ProgrammeCode) -> None:
    action = store().actions.current(code.action_code, day_of(known_now()))
    name = action.name.of(language()) if action else ""
    hours = _("{first} 到 {last} 有效").format(
        first=moment_words(code.opens_at), last=moment_words(code.closes_at)
    )
    row = cards.row(code.title, " · ".join((name, hours)), cards.points(code.points, False))
    cards.show(cards.card(row))


def _use() -> None:
    device_id = visitor().device_id
    try:
        if device_id is None:
            raise Refused("csrf.missing")
        allow("codes", device_id, network_here())
        st.session_state[KEPT] = use_code(
            store(), from_address(), report_id(), device_id, known_now()
        )
    except Refused as refused:
        last_tap.keep(sentence(refused), TYPED, last_tap.REFUSED)
    else:
        _leave()


def _look() -> None:
    if st.session_state[TYPED].strip():
        st.query_params["code"] = st.session_state[TYPED].strip()


def _leave() -> None:
    st.query_params.pop("code", None)
