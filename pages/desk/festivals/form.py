"""The form of a festival for its organiser, and a card for each festival."""

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.festivals.festival import LONGEST_DAYS, NAME_LENGTH, Festival, Totals
from observations.festivals.organising import make_festival
from observations.places.districts import DISTRICTS
from pages.parts import cards
from pages.parts.festivals.result import days_words, state_words
from pages.parts.last_tap import do
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _, language

DIGITS = Markup('<p class="g-code g-num">{}</p>')


def form() -> None:
    """Name, days, districts."""
    today = day_of(known_now())
    with st.container(key="card_festival", gap="small"):
        cards.show(cards.heading(_("办一个新的")))
        st.text_input(_("名字"), key="fest_name", max_chars=NAME_LENGTH)
        st.date_input(
            _("哪几天"), (today, today), min_value=today, key="fest_days", format="YYYY-MM-DD"
        )
        st.multiselect(
            _("哪些区，不选就是全市"),
            list(DISTRICTS),
            format_func=lambda code: DISTRICTS[code].name(language()),
            key="fest_districts",
            placeholder=_("全市"),
        )
        st.button(
            _("办起来"),
            key="fest_make",
            type="primary",
            width="stretch",
            on_click=lambda: do(_make),
        )


def line(festival: Festival, totals: Totals) -> None:
    """A festival's code and numbers, with links to its poster, page and desk."""
    with st.container(key=f"card_fest_{festival.festival_id}", gap="small"):
        numbers = _("{teams} 队，到现在 {so_far} 次遇见，已确认 {confirmed}").format(
            teams=totals.teams, so_far=totals.so_far, confirmed=totals.confirmed
        )
        words = " · ".join((days_words(festival), state_words(festival, day_of(known_now()))))
        digits = f"{festival.code[:3]} {festival.code[3:]}"
        name = cards.named(festival.name, words)
        cards.show(cards.together(name, DIGITS.format(digits), cards.sub(numbers)))
        with st.container(horizontal=True, gap="small"):
            st.link_button(
                _("打印海报"), f"/staff/festivals/{festival.festival_id}", width="stretch"
            )
            st.link_button(_("看这一页"), f"/festival?code={festival.code}", width="stretch")


def _make() -> str:
    days = st.session_state["fest_days"]
    if len(days) != 2:
        raise Refused("festival.days", "days", most=LONGEST_DAYS)
    festival = make_festival(
        store(),
        visitor().person,
        st.session_state["fest_name"],
        (days[0], days[1]),
        st.session_state["fest_districts"],
        DISTRICTS,
        known_now(),
    )
    return _("“{name}”办好了，六位数字是 {code}。").format(name=festival.name, code=festival.code)
