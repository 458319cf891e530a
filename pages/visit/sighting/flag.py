"""这条有问题？ What somebody finds wrong with a public sighting."""

from functools import partial

import streamlit as st

from observations.moderation.flagging import flag
from observations.moderation.order import FLAG_WORDS, FlagReason
from observations.occurrences.audience import Audience, View
from observations.occurrences.occurrence import PublicOccurrence
from pages.parts import cards, last_tap
from pages.parts.limits import allow, network_here
from pages.parts.recorder.consent import ask_consent
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _

PLACE, OPEN = "flag", "flag_open"


@st.fragment
def block(view: View) -> None:
    """A door to the reasons, for everybody but its observer and staff."""
    public = view.public
    if public is None or view.audience is not Audience.PUBLIC:
        return
    last_tap.notice(PLACE)
    if not st.session_state.get(OPEN):
        words = _("这条有问题？告诉工作人员")
        st.button(words, key="flag_open_button", type="tertiary", on_click=_open)
    elif visitor().consented or ask_consent():
        _reasons(public)


def _open() -> None:
    st.session_state[OPEN] = True


def _reasons(public: PublicOccurrence) -> None:
    with st.container(key="card_flag", gap="small"):
        text = _("选一个原因。几个人都这样说，就请核实员先看；在那以前它还在。")
        cards.show(cards.heading(_("哪里有问题？")), cards.sub(text))
        for reason in FlagReason:
            act = partial(_flag, public, reason)
            words = _(FLAG_WORDS[reason])
            st.button(words, key=f"flag_{reason}", width="stretch", on_click=act)


def _flag(public: PublicOccurrence, reason: FlagReason) -> None:
    device_id = visitor().device_id

    def flagged() -> str:
        allow("flags", device_id, network_here())
        if device_id:
            flag(store(), public.public_id, device_id, reason, known_now())
        st.session_state[OPEN] = False
        return _("收到了，谢谢你说一声。")

    last_tap.do(flagged, PLACE)
