"""For staff: the catalogue of actions in its versions, codes of programmes, teams."""

import streamlit as st

from observations.base.roles import may
from pages.desk.actions import catalogue, codes, teams
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.url_choice import url_choice
from pages.parts.wording import _

who = staff_only("make_codes")
with st.container(key="narrow"):
    cards.show(cards.title(_("行动目录与现场码")))
    sides = {"codes": _("现场码")}
    if may(who.person, "edit_catalogue"):
        sides |= {"catalogue": _("目录"), "teams": _("队伍")}
    side = url_choice(_("看哪一样"), sides, "side", "codes")
    drawn = {
        "codes": codes.draw,
        "catalogue": catalogue.draw,
        "teams": teams.draw,
    }
    drawn[side]()
