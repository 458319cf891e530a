"""What staff had typed when their session ended: their browser gives it back after the sign-in."""

from uuid import UUID

import streamlit as st

from pages.parts.assets import asset_url
from pages.parts.limits import short_key
from pages.parts.wording import _

SCRIPT = """
const { keepTyped } = await import(new URL("ADDRESS", location.origin).href);
export default ({ data }) => keepTyped(data);
""".replace("ADDRESS", asset_url("desk/typed.js"))
_typed = st.components.v2.component("typed", html="<i hidden></i>", js=SCRIPT)


def keep_typed(staff_id: UUID) -> None:
    """Watch the fields of this page, for this account and in this tab alone."""
    word = _("登录以前写的还留着：打开那一格，它就在里面。")
    _typed(key="typed", data={"account": short_key(("typed", staff_id)), "word": word})
