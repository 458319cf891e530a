"""The form that replaces one's password."""

import streamlit as st

from observations.people.signing_in import change_own_password
from observations.people.staff import PASSWORD_LENGTH
from pages.parts import cards
from pages.parts.guard import signed_in
from pages.parts.last_tap import do
from pages.parts.limits import short_key
from pages.parts.runtime import known_now, store
from pages.parts.tries import Tries
from pages.parts.wording import _

tries = Tries()


def section() -> None:
    """The old password and the new one."""
    with st.container(key="card_password", gap="small"):
        note = _("至少 {limit} 个字符。换好以后用新密码重新登录。").format(limit=PASSWORD_LENGTH)
        cards.show(cards.heading(_("换密码")), cards.sub(note))
        st.text_input(_("现在的密码"), key="current", type="password", max_chars=200)
        st.text_input(_("新密码"), key="fresh", type="password", max_chars=200)
        st.button(_("换密码"), key="change_password", on_click=lambda: do(_change))


def _change() -> str:
    staff = signed_in().staff
    assert staff is not None
    key = short_key(("own password", staff.username))
    tries.begin(key)
    current, fresh = st.session_state["current"], st.session_state["fresh"]
    change_own_password(store(), staff, current, fresh, known_now())
    tries.forget(key)
    return _("密码换好了。请用新密码重新登录。")
