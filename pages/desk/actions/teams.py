"""Teams for staff: hide an unsuitable name from the boards, or show it again."""

import streamlit as st

from observations.points.team_steps import show_team
from observations.points.teams import TEAM_KIND_NAMES, Team
from pages.parts import cards
from pages.parts.last_tap import do, notice
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _

SHOWN = 100


def draw() -> None:
    """The newest teams."""
    notice()
    teams = store().points.teams(SHOWN)
    if not teams:
        cards.show(cards.empty("blossom", _("还没有队伍"), _("有人组队以后，队名会列在这里。")))
    for team, count in teams:
        with st.container(key=f"card_team_{team.team_id}", gap="small"):
            people = _("{kind} · {count} 人").format(
                kind=_(TEAM_KIND_NAMES[team.kind]), count=count
            )
            cards.show(cards.named(team.name, people))
            st.button(
                _("队名放回榜上") if team.hidden_at else _("队名撤下榜"),
                key=f"team_show_{team.team_id}",
                on_click=lambda team=team: do(lambda: _turn(team)),
            )


def _turn(team: Team) -> str:
    show_team(store(), visitor().person, team.team_id, team.hidden_at is not None, known_now())
    return _("“{team}”改好了。").format(team=team.name)
