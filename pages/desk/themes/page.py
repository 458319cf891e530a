"""Concerns behind low scores, by district on a map and by question in a list; staff answer them."""

import streamlit as st

from observations.satisfaction.themes import themes_for
from pages.desk.themes import listing, map
from pages.parts import cards, last_tap
from pages.parts.guard import staff_only
from pages.parts.runtime import known_now, store
from pages.parts.wording import _

who = staff_only("answer_concerns")
with st.container(key="narrow"):
    cards.show(
        cards.title(_("不满意的"), _("低分的人说了什么、在哪里。答复会公开，话和地点不公开。"))
    )
    last_tap.notice()
    wave_id = listing.choose_wave(known_now())
    themes = themes_for(store(), who.person, wave_id)
    if themes:
        district = listing.choose_district(themes)
        map.draw(themes, district)
        listing.listing(wave_id, [t for t in themes if district in ("", t.district)])
    else:
        listing.nothing()
