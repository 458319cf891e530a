"""The messages of /me before the first contribution, and after one of its forms was sent."""

import streamlit as st

from observations.base.errors import Refused
from pages.parts import cards, last_tap, leaving
from pages.parts.wording import _, sentence
from pages.visit.me import first

# What `/recover` and `/api/v1/erase` may come back with.
REFUSED = (
    "recovery.wrong_code",
    "erase.not_confirmed",
    "observer.unknown",
    "csrf.missing",
    "limit.too_many",
    "form.too_long",
)


def answer_of_a_form() -> None:
    """Show the result of the form that was just sent."""
    query = st.query_params
    if "erased" in query:
        leaving.gone(query["erased"])
    elif "recovered" in query:
        last_tap.say(_("找回来了。你的记录都在这里。"), of="recovered")
    elif query.get("refused") in REFUSED:
        last_tap.say(sentence(Refused(query["refused"])), last_tap.REFUSED, of="refused")


def first_day() -> None:
    """The page before the first contribution."""
    if "erased" not in st.query_params:
        cards.show(first.first_day())
