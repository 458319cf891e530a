"""The form of a festival for its organiser, and a card for each festival."""

from collections.abc import Callable, Iterator

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.festivals.festival import LONGEST_DAYS, NAME_LENGTH, Festival, Totals
from observations.festivals.organising import (
    Plan,
    cancel_festival,
    make_festival,
    mend_festival,
)
from observations.places.districts import DISTRICTS
from pages.parts import cards
from pages.parts.festivals.result import days_words, state_words
from pages.parts.last_tap import do
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _, language

NAME, DAYS, WHERE = "fest_name", "fest_days", "fest_districts"
OF = "fest_of"  # the festival that is mended; none: a new one
DIGITS = Markup('<p class="g-code g-num">{}</p>')


def form() -> None:
    """Name, days, districts: of a new festival, or of one that is mended."""
    today, of = day_of(known_now()), _mended()
    st.session_state.setdefault(DAYS, (today, today))
    with st.container(key="card_festival", gap="small"):
        title = _("改“{name}”").format(name=of.name) if of else _("办一个新的")
        cards.show(cards.heading(title))
        st.text_input(_("名字"), key=NAME, max_chars=NAME_LENGTH)
        first = min(today, of.first_day) if of else today
        st.date_input(_("哪几天"), min_value=first, key=DAYS, format="YYYY-MM-DD")
        st.multiselect(
            _("哪些区，不选就是全市"),
            list(DISTRICTS),
            format_func=lambda code: DISTRICTS[code].name(language()),
            key=WHERE,
            placeholder=_("全市"),
        )
        words, act = (_("存好"), _mend) if of else (_("办起来"), _make)
        st.button(words, key="fest_make", type="primary", width="stretch", on_click=lambda: do(act))
        if of:
            st.button(_("不改了"), key="fest_leave", width="stretch", on_click=_leave)


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
        with st.container(horizontal=True, gap="small"):
            for key, words, act in _deeds(festival):
                st.button(
                    words,
                    key=f"fest_{key}_{festival.festival_id}",
                    width="stretch",
                    on_click=lambda act=act: do(act),
                )


def _deeds(festival: Festival) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """What staff may do with it: key, words, and what it does."""
    yield "mend", _("改"), lambda: _begin(festival, festival)
    yield "again", _("再办一次"), lambda: _begin(festival, None)
    if festival.last_day < day_of(known_now()):
        return
    words = _("照常办") if festival.is_cancelled else _("取消")
    yield "cancel", words, lambda: _cancel(festival)


def _begin(like: Festival, of: Festival | None) -> str:
    """Fill the form: to mend `of`, or for a new one like an earlier one, from today on."""
    today = day_of(known_now())
    days = (like.first_day, like.last_day) if of else (today, today)
    values = {OF: of and of.festival_id, NAME: like.name, DAYS: days, WHERE: list(like.districts)}
    st.session_state.update(values)
    if of:
        return _("在下面改，六位数字和各队都不变。")
    return _("名字和区填好了，定好日子就能办。")


def _leave() -> None:
    for key in (OF, NAME, DAYS, WHERE):
        st.session_state.pop(key, None)


def _mended() -> Festival | None:
    of = st.session_state.get(OF)
    return store().festivals.festival(of) if of else None


def _plan() -> Plan:
    days = st.session_state[DAYS]
    if len(days) != 2:
        raise Refused("festival.days", "days", most=LONGEST_DAYS)
    return Plan(st.session_state[NAME], (days[0], days[1]), st.session_state[WHERE])


def _make() -> str:
    festival = make_festival(store(), visitor().person, _plan(), DISTRICTS, known_now())
    _leave()
    return _("“{name}”办好了，六位数字是 {code}。").format(name=festival.name, code=festival.code)


def _mend() -> str:
    of = st.session_state[OF]
    festival = mend_festival(store(), visitor().person, of, _plan(), DISTRICTS, known_now())
    _leave()
    return _("“{name}”改好了。").format(name=festival.name)


def _cancel(festival: Festival) -> str:
    is_cancelled = not festival.is_cancelled
    cancel_festival(
        store(), visitor().person, festival.festival_id, known_now(), is_cancelled=is_cancelled
    )
    if is_cancelled:
        return _("“{name}”取消了，市民看不到，也不能再加入。").format(name=festival.name)
    return _("“{name}”照常办。").format(name=festival.name)
