"""The teams of a festival, for its organiser: another name, hidden, two made one."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from observations.base.errors import Refused
from observations.festivals.festival import TEAM_LENGTH, Festival, Team
from observations.festivals.teams import hide_team, likely_same, merge_teams, rename_team
from pages.parts.last_tap import do
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _


def teams_of(festival: Festival, teams: Sequence[Team]) -> None:
    """What an organiser may do with each team, first the pairs that look like one."""
    key = str(festival.festival_id)
    with st.expander(_("各队：改名、合并、藏起来"), key=f"fest_teams_{key}"):
        for team, other in likely_same(list(teams)):
            words = _("“{name}”和“{other}”合成一队").format(name=team.name, other=other.name)
            _button(words, f"fest_same_{team.team_id}", partial(_merge, team, other))
        names = {team.team_id: team for team in teams}
        chosen = st.selectbox(
            _("哪个队"),
            list(names),
            index=None,
            format_func=lambda of: _named(names[of]),
            key=f"fest_team_{key}",
            placeholder=_("选一个队"),
        )
        if chosen in names:
            _deeds(names[chosen], [team for team in teams if team.team_id != chosen])


def _deeds(team: Team, others: Sequence[Team]) -> None:
    of = str(team.team_id)
    new = st.text_input(_("新的队名"), team.name, key=f"fest_name_{of}", max_chars=TEAM_LENGTH)
    _button(_("改名"), f"fest_rename_{of}", lambda: _rename(team, new))
    hide = _("放回榜上") if team.is_hidden else _("从榜上藏起来")
    _button(hide, f"fest_hide_{of}", lambda: _hide(team))
    if others:
        into = st.selectbox(
            _("并到哪个队"),
            others,
            index=None,
            format_func=_named,
            key=f"fest_into_{of}",
            placeholder=_("选一个队"),
        )
        _button(_("合并"), f"fest_merge_{of}", lambda: _merge(team, into))


def _named(team: Team) -> str:
    return _("{team}（藏着）").format(team=team.name) if team.is_hidden else team.name


def _rename(team: Team, name: str) -> str:
    after = rename_team(store(), visitor().person, team, name, known_now())
    return _("现在叫“{team}”。").format(team=after.name)


def _hide(team: Team) -> str:
    after = hide_team(store(), visitor().person, team, not team.is_hidden, known_now())
    words = _("“{team}”从榜上藏起来了。") if after.is_hidden else _("“{team}”回到榜上了。")
    return words.format(team=team.name)


def _merge(team: Team, into: Team | None) -> str:
    if into is None:
        raise Refused("festival.no_team", "team")
    merge_teams(store(), visitor().person, team, into, known_now())
    return _("“{team}”的人现在都在“{into}”。").format(team=team.name, into=into.name)


def _button(words: str, key: str, act: Callable[[], str]) -> None:
    st.button(words, key=key, width="stretch", on_click=lambda: do(act))
