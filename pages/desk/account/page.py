"""One's own account: the password, and the second step of signing in."""

import streamlit as st

from pages.desk.account import mail, password, second_step
from pages.parts import cards
from pages.parts.guard import signed_in
from pages.parts.last_tap import notice
from pages.parts.wording import _

staff = signed_in().staff
with st.container(key="narrow"):
    cards.show(cards.title(_("我的账号"), staff.username if staff else ""))
    notice()
    if staff:
        second_step.section(staff)
        password.section()
        mail.section(staff)
