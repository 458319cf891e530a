"""The parts of the home page that lead on: the two calls, a story, the festival, satisfaction."""

from datetime import date

import streamlit as st

from observations.base.wording import N_
from observations.festivals.festival import Festival
from pages.parts import cards
from pages.parts.wording import _
from pages.visit.home import first

CALLS = (
    ("go_record", "visit/record/page.py", N_("记录一次遇见"), N_("拍一张照片，约 30 秒")),
    ("go_action", "visit/action/page.py", N_("记一件低碳小事"), N_("地铁、光盘、自带杯，都算")),
)


def hero() -> None:
    """The lake, the question, the two calls to action."""
    with st.container(key="hero"):
        cards.show(first.question())
    with st.container(key="go"):
        for key, script, call, hint in CALLS:
            with st.container(key=key):
                st.page_link(script, label=f"{_(call)} :small[{_(hint)}]", width="stretch")


def new_species() -> None:
    """The story of a fish that the survey gave a name."""
    with st.container(key="tap_story"):
        cards.show(first.new_species())
        st.page_link("visit/map/page.py", label=_("在地图上看新物种"), width="stretch")


def festival(current: Festival | None, today: date) -> None:
    """The festival that runs or comes next; nothing where there is none."""
    if current is None or current.last_day < today:
        return
    with st.container(key="tap_festival"):
        cards.show(first.festival(current, today))
        st.page_link("visit/festival/page.py", label=_("去观察节"), width="stretch")


def other_ways() -> None:
    """What else there is to do."""
    with st.container(key="tap_rate"):
        cards.show(first.satisfaction())
        st.page_link("visit/satisfaction/page.py", label=_("给环境评分"), width="stretch")
