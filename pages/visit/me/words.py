"""What /me says on the first day, and after a form of its own came back."""

import streamlit as st
from markupsafe import Markup

from observations.base.errors import Refused
from pages.parts import cards, leaving
from pages.parts.wording import _, sentence

# What `/recover` and `/api/v1/erase` may come back with.
REFUSED = (
    "recovery.wrong_code",
    "erase.not_confirmed",
    "observer.unknown",
    "csrf.missing",
    "limit.too_many",
    "form.too_long",
)
NOTE = Markup('<div class="g-note {}" role="status">{}</div>')


def answer_of_a_form() -> None:
    """Say what the form just sent did."""
    query = st.query_params
    if "erased" in query:
        leaving.gone()
    elif "recovered" in query:
        cards.show(NOTE.format("ok", _("找回来了。你的记录都在这里。")))
    elif query.get("refused") in REFUSED:
        cards.show(NOTE.format("warn", sentence(Refused(query["refused"]))))


def first_day() -> None:
    """The page before the first trace."""
    if "erased" in st.query_params:
        return
    text = _("去外面走走，拍下第一个遇见的生命。")
    link = cards.button(_("记录一次遇见"), "/record")
    cards.show(cards.title(_("我的")), cards.empty("footprint", _("还没有绿迹"), text, link))
