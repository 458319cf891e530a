"""The form of a new account. Its password is made here and shown once."""

import streamlit as st

from observations.base.roles import ROLE_NAMES, Role
from observations.people.accounts import add_account, make_password
from observations.people.staff import NAME_LENGTH
from pages.parts.guard import staff_only
from pages.parts.last_tap import do
from pages.parts.runtime import known_now, store
from pages.parts.wording import _

ROLES = list(Role)


def form() -> None:
    """Name and role."""
    with st.expander(_("加一位同事")):
        st.text_input(_("用户名"), key="new_username", max_chars=NAME_LENGTH)
        role_field("new_role", Role.VERIFIER)
        st.button(_("加上"), key="add_account", type="primary", on_click=lambda: do(_add))


def role_field(key: str, role: Role) -> None:
    """The three roles by name."""
    st.segmented_control(
        _("角色"),
        ROLES,
        default=role,
        format_func=lambda one: _(ROLE_NAMES[one]),
        key=key,
        required=True,
    )


def _add() -> str:
    person, password = staff_only("manage_staff").person, make_password()
    name, role = st.session_state["new_username"], st.session_state["new_role"]
    added = add_account(store(), person, name, password, role, known_now())
    st.session_state["new_username"] = ""
    return _(
        "{name} 可以登录了，密码是 {password} 。只显示这一次，请当面或打电话告诉本人。"
    ).format(name=added.username, password=password)
