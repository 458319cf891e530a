"""The desk's rules, and its ready replies."""

import streamlit as st

from observations.base.roles import may
from pages.desk.rules.replies import replies
from pages.desk.rules.rules import rules
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.last_tap import notice
from pages.parts.url_choice import url_choice
from pages.parts.wording import _

staff = staff_only("keep_replies")
with st.container(key="narrow"):
    cards.show(cards.title(_("回复与自动核实")))
    side = "replies"
    if may(staff.person, "keep_rules"):
        names = {"replies": _("现成的回复"), "rules": _("自动核实")}
        side = url_choice(_("看哪一边"), names, "side", "replies")
    notice()
    if side == "rules":
        rules()
    else:
        replies()
