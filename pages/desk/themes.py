"""What people are unhappy with: by district on a map, by question in a list; staff answer."""

import streamlit as st

from observations.log.clock import now_utc
from observations.satisfaction.concerns import themes_for
from pages.parts import cards, themes_desk, themes_map
from pages.parts.guard import staff_only
from pages.parts.runtime import store
from pages.parts.wording import _

who = staff_only("answer_concerns")
with st.container(key="narrow"):
    cards.show(
        cards.title(_("不满意的"), _("低分的人说了什么、在哪里。答复会公开，话和地点不公开。"))
    )
    themes_desk.notice()
    wave_id = themes_desk.choose_wave(now_utc())
    themes = themes_for(store(), who.person, wave_id)
    if themes:
        district = themes_desk.choose_district(themes)
        themes_map.draw(themes, district)
        themes_desk.listing(wave_id, [t for t in themes if district in ("", t.district)])
    else:
        themes_desk.nothing()
