"""Waves: open and close the quarter's, make residence codes, keep margins and official scores."""

import streamlit as st

from pages.desk.waves import files, patterns, wave
from pages.parts import cards, last_tap
from pages.parts.guard import staff_only
from pages.parts.runtime import known_now, store
from pages.parts.wording import _

staff_only("run_waves")
now = known_now()
with st.container(key="narrow"):
    cards.show(cards.title(_("评分季"), _("每季一次。开放之后居民才能评，关上之后数字就定了。")))
    last_tap.notice()
    steps = store().satisfaction.steps()
    wave.current(now, steps)
    wave.past(now, steps)
    wave.codes()
    patterns.patterns(now)
    files.margins(now)
    files.official(now)
    st.page_link("desk/themes/page.py", label=_("看看不满意的，答复他们"), width="stretch")
