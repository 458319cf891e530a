"""Accounts of the staff: add one, change one, see who is signed in."""

import streamlit as st

from pages.desk.people import account, adding
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.last_tap import notice
from pages.parts.paging import next_page, search_field
from pages.parts.wording import _

staff = staff_only("manage_staff")
with st.container(key="narrow"):
    cards.show(cards.title(_("同事的账号"), _("谁能登录，能做什么。最后一位管理员会一直在。")))
    notice()
    adding.form()
    words = search_field(_("找用户名"))
    listed, more = account.listed(staff.person, words)
    for one in listed:
        account.line(one, staff.person)
    if not listed:
        cards.show(cards.empty("search", _("没有这样的账号"), _("换几个字，或者在上面加一位。")))
    next_page(listed[-1].username if more else None)
