"""The guard of staff pages: it stops the script. The domain refuses independently of it."""

from typing import NoReturn
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from observations.base.roles import may
from pages.parts.cards import button, empty, show
from pages.parts.last_tap import notice
from pages.parts.session import STAFF_COOKIE, Visitor, visitor
from pages.parts.wording import _


def staff_only(action: str) -> Visitor:
    """The visitor, if they may do `action`; anyone else only learns where to sign in."""
    who = signed_in()
    if who.lacks_second_step:
        link = button(_("去设好"), "/account")
        _stop(_("先开两步登录"), _("这里要求密码之外再看一眼手机。设好就能接着做。"), link)
    if not may(who.person, action):
        _stop(_("这一页你的角色打不开"), _("要用它，请管理员给你换角色。"), "")
    return who


def signed_in() -> Visitor:
    """The visitor, if they are staff; where their session ended, they are told so."""
    who = visitor()
    if who.staff is None:
        link = button(_("去登录"), f"/staff/login?next={quote(_here(), safe='')}")
        if STAFF_COOKIE in st.context.cookies:
            _stop(_("登录已经结束"), _("过了时间，或者很久没有动。再登录一次，就回到这里。"), link)
        _stop(_("这一页给工作人员用"), _("登录后再来。"), link)
    return who


def _stop(title: str, text: str, link: str) -> NoReturn:
    notice()
    show(empty("shield", title, text, link))
    st.stop()


def _here() -> str:
    """The path and query of the page."""
    path = urlsplit(st.context.url or "").path or "/"
    query = urlencode(st.query_params.to_dict())
    return f"{path}?{query}" if query else path
