"""The whole site in one look, for admins: what waits, whether it is well, how it is set."""

import streamlit as st

from pages.desk.overview import health, settings_list, waiting
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.wording import _

staff = staff_only("manage_staff")
with st.container(key="narrow"):
    cards.show(cards.title(_("一览"), _("什么在等，好不好，怎么设的。")))
    cards.show(cards.heading(_("在等的")), waiting.lines(staff.person))
    cards.show(cards.heading(_("好不好")), health.lines())
    cards.show(cards.heading(_("设置")), settings_list.lines())
