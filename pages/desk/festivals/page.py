"""For organisers: make a festival, print its poster, see how it goes."""

import streamlit as st

from observations.festivals.result import summaries
from pages.desk.festivals import form
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.last_tap import notice
from pages.parts.runtime import store
from pages.parts.wording import _

MOST_COUNTED = 12  # festivals whose numbers stand here; those of an older one are on its page
staff_only("run_festival")
with st.container(key="narrow"):
    cards.show(cards.title(_("办观察节"), _("起个名字，定好日子和区，海报就有了。")))
    notice()
    form.form()
    festivals = store().festivals.festivals()
    if festivals:
        cards.show(cards.heading(_("办过的")))
    numbers = summaries(store(), festivals[:MOST_COUNTED])
    for festival in festivals:
        form.line(festival, numbers.get(festival.festival_id))
