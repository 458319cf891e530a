"""The parts of the home page that lead on: the two calls, a story, the festival, satisfaction."""

from datetime import date

import streamlit as st
from markupsafe import Markup

from observations.festivals.festival import Festival
from pages.parts import cards
from pages.parts.session import asked_of_me
from pages.parts.wording import _
from pages.visit.home import first


def hero() -> None:
    """The lake, the question, the two calls to action."""
    with st.container(key="hero"):
        cards.show(first.question())
    with st.container(key="go"):
        for path, call, hint in first.CALLS:
            with st.container(key=f"go_{path}"):
                script = f"visit/{path}/page.py"
                st.page_link(script, label=f"{_(call)} :small[{_(hint)}]", width="stretch")


def waiting_for_me() -> None:
    """That a verifier asks about one of the visitor's records; nothing where nobody does."""
    if count := asked_of_me():
        words = _("核实员想问你 {count} 件事，去答一句").format(count=count)
        cards.show(cards.note(Markup('<a href="/me">{}</a>').format(words), "warn", mark="ask"))


def newcomer() -> None:
    """Three pictures, which a newcomer's browser shows until they are put away."""
    cards.show(first.newcomer())


def new_species() -> None:
    """The story of a fish that the survey gave a name."""
    with st.container(key="tap_story"):
        cards.show(first.new_species())
        st.page_link(
            "visit/discoveries/page.py",
            label=_(first.MORE_NEW),
            width="stretch",
            query_params={"code": first.FISH},
        )


def festival(current: Festival | None, today: date) -> None:
    """The festival that runs or comes next; nothing where there is none."""
    if current is None or first.is_over(current, today):
        return
    with st.container(key="tap_festival"):
        cards.show(first.festival(current, today))
        st.page_link("visit/festival/page.py", label=_(first.MORE_FESTIVAL), width="stretch")


def other_ways() -> None:
    """What else there is to do."""
    with st.container(key="tap_rate"):
        cards.show(first.satisfaction())
        st.page_link("visit/satisfaction/page.py", label=_(first.MORE_RATING), width="stretch")
