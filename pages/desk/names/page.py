"""Names that everyone reads: look for one, replace or hide it, put it back."""

import streamlit as st

from observations.moderation.renaming import LISTED, look_for
from pages.desk.names import lines
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.last_tap import notice
from pages.parts.runtime import store
from pages.parts.wording import _

staff = staff_only("keep_names")
with st.container(key="narrow"):
    why = _("昵称和队名谁都看得到。不合适的可以换一个，或者隐去；换错了能换回来。")
    cards.show(cards.title(_("大家看到的名字"), why))
    notice()
    words = st.text_input(_("找名字"), key="names_words", max_chars=20)
    for name in look_for(store(), staff.person, words):
        lines.name(name)
    changes = store().moderation.changes(LISTED)
    if changes:
        cards.show(cards.heading(_("换过的")))
    for change in changes:
        lines.change(change)
