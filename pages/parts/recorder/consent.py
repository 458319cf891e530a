"""Consent before a page that asks questions: the recorder's consent sheet, opened by a button."""

from collections.abc import Callable

import streamlit as st

from observations.people.consent import CONSENT_VERSION
from pages.parts import cards
from pages.parts.assets import asset_url
from pages.parts.recorder.recorder_words import recorder_words
from pages.parts.session import visitor
from pages.parts.wording import _, language

SCRIPT = """
const gate = await import(new URL("ADDRESS", location.origin).href);
export default ({ data, parentElement, setTriggerValue }) =>
  gate.mount(parentElement, { ...data, onAgreed: () => setTriggerValue("agreed", true) });
""".replace("ADDRESS", asset_url("recorder/consent_gate.js"))

_gate = st.components.v2.component("consent_gate", html="<div></div>", js=SCRIPT)


def ask_consent(introduce: Callable[[], object] | None = None) -> bool:
    """Tell whether this browser has consented; where it has not, draw the door to the sheet.

    `introduce` draws what stands above the door: a heading, what will be asked. The
    sheet sends `POST /api/v1/consent` and the page runs again once that is stored.
    """
    if visitor().consented:
        return True
    if introduce:
        introduce()
    cards.show(
        cards.empty(
            "shield",
            _("先说好，再开始"),
            _("你的回答会怎么用、留多久，先看一眼。同意之前，什么都不会离开你的手机。"),
        )
    )
    words = recorder_words(language()) | {
        "gate_open": _("看一看，然后开始"),
        "gate_declined": _("没有同意，就先到这里。想好了随时再来。"),
        "gate_failed": _("没有连上，过一会儿再试。"),
    }
    data = {"consent_version": CONSENT_VERSION, "consented": False}
    _gate(key="consent_gate", data={"words": words, "data": data}, on_agreed_change=lambda: None)
    return False
