"""The guard of staff pages: it stops the script. The domain refuses independently of it."""

import streamlit as st

from observations.base.roles import may
from pages.parts.cards import button, empty, show
from pages.parts.session import Visitor, visitor
from pages.parts.wording import _


def staff_only(action: str) -> Visitor:
    """The visitor, if they may do `action`; anyone else only learns where to sign in."""
    who = visitor()
    if not may(who.person, action):
        title = _("这一页给工作人员用")
        link = button(_("去登录"), "/staff/login")
        show(empty("shield", title, _("登录后再来。"), link))
        st.stop()
    return who
