"""Joining a festival's team: six digits and a name."""

from datetime import date

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.festivals.festival import CODE_DIGITS, TEAM_LENGTH, Festival, Membership
from observations.festivals.joining import find, join
from pages.parts import cards, last_tap
from pages.parts.limits import allow, network_here, note_guess, require_guesses
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _

CODE, KNOWN, NEW = "festival_code", "festival_team", "festival_new_team"
TRIED, OPENED = "festival_tried", "festival_opened"  # the address's digits, and what they opened
notice = last_tap.notice


def asked_for() -> Festival | None:
    """The festival whose code is in the address, as in the QR code; None without a valid code.

    An address is tried as often as typed digits are, and once a session: whoever guesses by
    addresses learns nothing after that.
    """
    code = str(st.query_params.get("code", ""))
    if code and st.session_state.get(TRIED) != code:
        st.session_state.pop(OPENED, None)
        st.session_state[TRIED] = code
        try:
            st.session_state[OPENED] = _found(code).festival_id
        except Refused:
            return None
    opened = st.session_state.get(OPENED) if code else None
    return store().festivals.festival(opened) if opened else None


def strip() -> None:
    """A line above the recorder on the festival's days: the team for which this sighting counts."""
    who = visitor()
    today = day_of(known_now())
    mine = store().festivals.membership(who.device_id, today) if who.device_id else None
    if mine and mine.festival.runs_on(today):
        words = _("{festival} · {team}").format(festival=mine.festival.name, team=mine.team.name)
        cards.show(cards.chip(words, "festival"))


def member(mine: Membership, today: date) -> None:
    """The visitor's team, and what to do next."""
    text = _("接下来记的遇见自动算给队里，不用再选。")
    cards.show(cards.card(cards.row(_("你在“{team}”").format(team=mine.team.name), text)))
    with st.container(key="big", gap="small"):
        st.page_link("visit/record/page.py", label=_("记录一次遇见"), width="stretch")
    cards.show(_without_signal("/field/"))
    with st.expander(_("换一个队"), key="festival_change"):
        _fields(mine.festival, knows_code=True)


def ask(festival: Festival, knows_code: bool) -> None:
    """The form: the code, unless the visitor came with it, and a team."""
    with st.container(key="card_join", gap="small"):
        cards.show(cards.heading(_("加入一个队")))
        cards.show(cards.sub(_("不用账号。队名会写在榜上，别用真名和电话。")))
        _fields(festival, knows_code)
    if knows_code:
        cards.show(_without_signal(f"/field/?code={festival.code}"))


def _without_signal(address: str) -> Markup:
    """The way to the field recorder; it has the digits only for whoever came with them."""
    link = Markup('<p class="g-sub">{} <a href="{}">{}</a></p>')
    return link.format(_("去没有信号的地方？"), address, _("先打开野外记录，没网也能记"))


def _fields(festival: Festival, knows_code: bool) -> None:
    if not knows_code:
        st.text_input(
            _("六位数字，在海报上"), key=CODE, max_chars=CODE_DIGITS + 1, placeholder="000 000"
        )
    teams = store().festivals.teams(festival.festival_id)
    if teams:
        st.selectbox(
            _("已有的队"),
            [team.name for team in teams],
            index=None,
            key=KNOWN,
            placeholder=_("选一个队"),
        )
    st.text_input(_("或者起一个新队名") if teams else _("队名"), key=NEW, max_chars=TEAM_LENGTH)
    st.button(
        _("加入"),
        key="festival_join",
        type="primary",
        width="stretch",
        on_click=lambda: last_tap.do(lambda: _join(festival if knows_code else None)),
    )


def _join(festival: Festival | None) -> str:
    who = visitor()
    if who.device_id is None:
        raise Refused("csrf.missing")
    allow("codes", who.device_id, network_here())
    code = (festival or _found(st.session_state[CODE])).code
    if st.session_state.get(NEW):
        allow("names", who.device_id, network_here())
    name = st.session_state.get(NEW) or st.session_state.get(KNOWN) or ""
    membership = join(store(), code, name, who.device_id, known_now())
    return _("你在“{team}”了。").format(team=membership.team.name)


def _found(code: str) -> Festival:
    """The festival of these digits; wrong ones count, and too many are refused unread.

    Raises `Refused`: `festival.unknown_code`, `limit.too_many`.
    """
    who, network = visitor().device_id, network_here()
    require_guesses("festival_code", who, network)
    try:
        return find(store(), code)
    except Refused:
        note_guess("festival_code", who, network)
        raise
