"""The visitor's team: make one, join one by its code, leave it."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from observations.people.observer import Observer
from observations.points.team_steps import join_team, leave_team, make_team
from observations.points.teams import NAME_LENGTH, TEAM_KIND_NAMES, Team, TeamKind
from pages.parts import cards, last_tap
from pages.parts.limits import allow, network_here
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.url_choice import url_choice
from pages.parts.wording import _

NAME, NEW_KIND, CODE = "team_name", "team_new", "team_code"


def kind_of_team() -> TeamKind | None:
    """The kind of team the board shows; None for all."""
    names = {"": _("所有")} | {kind.value: _(TEAM_KIND_NAMES[kind]) for kind in TeamKind}
    choice = url_choice(_("哪一类队伍"), names, "kind", "")
    return TeamKind(choice) if choice else None


def draw(observer: Observer | None) -> None:
    """The visitor's team, or how to come to one; what the last tap did stands above."""
    last_tap.notice()
    if observer is None:
        cards.show(cards.sub(_("记下第一次遇见或一件小事以后，就能组队。")))
        return
    team_id = store().points.team_of(observer.observer_id)
    team = store().points.team(team_id) if team_id else None
    if team:
        _mine(team)
    else:
        _join_or_make()


def _mine(team: Team) -> None:
    with st.container(key="card_team", gap="small"):
        people = _("{kind} · {count} 人").format(
            kind=_(TEAM_KIND_NAMES[team.kind]), count=store().points.people_in(team.team_id)
        )
        cards.show(cards.heading(team.name, people))
        cards.show(cards.sub(_("把这个队码告诉队友，他们在这一页输入就加入。")))
        cards.show(Markup('<p class="g-code g-num">{}</p>').format(team.join_code))
        st.button(_("离开这个队"), key="team_leave", on_click=lambda: _do(_leave))


def _join_or_make() -> None:
    with st.container(key="card_team", gap="small"):
        cards.show(cards.heading(_("加入一个队")))
        st.text_input(_("队码"), key=CODE, max_chars=12, placeholder=_("六位字母和数字"))
        st.button(_("加入"), key="team_join", width="stretch", on_click=lambda: _do(_join))
    with st.container(key="card_team_new", gap="small"):
        cards.show(cards.heading(_("组一个新队")))
        cards.show(cards.sub(_("队名会写在榜上，别用真名和电话。")))
        st.text_input(_("队名"), key=NAME, max_chars=NAME_LENGTH)
        st.segmented_control(
            _("这是一个"),
            list(TeamKind),
            default=TeamKind.FAMILY,
            format_func=lambda kind: _(TEAM_KIND_NAMES[kind]),
            key=NEW_KIND,
            width="stretch",
            required=True,
        )
        st.button(_("组队"), key="team_make", width="stretch", on_click=lambda: _do(_make))


def _do(what: Callable[[], str]) -> None:
    def allowed() -> str:
        allow("me", visitor().device_id, network_here())
        return what()

    last_tap.do(allowed)


def _join() -> str:
    team = join_team(store(), visitor().person, st.session_state[CODE], known_now())
    return _("你在“{team}”了，从现在起得的绿点也算给它。").format(team=team.name)


def _make() -> str:
    allow("names", visitor().device_id, network_here())
    kind = TeamKind(st.session_state[NEW_KIND])
    team = make_team(store(), visitor().person, st.session_state[NAME], kind, known_now())
    return _("“{team}”组好了。").format(team=team.name)


def _leave() -> str:
    leave_team(store(), visitor().person, known_now())
    return _("你离开了这个队，以前的绿点还留在队里。")
