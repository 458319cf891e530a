"""The recovery code, and the choice whether boards show the nickname."""

from functools import partial
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.people.observer import Observer
from pages.parts import cards, last_tap
from pages.parts.board_question import choose_name
from pages.parts.session import CSRF_COOKIE
from pages.parts.wording import _

CODE, BOARDS = "me_code", "me_boards"


def recover_form() -> None:
    """Bring my records to this browser: a form of the page's own, sent to `/recover`."""
    whole = (
        '<form class="g-form" method="post" action="/recover">'
        '<input type="hidden" name="csrf" value="{csrf}">'
        '<label>{label}<input name="code" required maxlength="40" autocomplete="off"'
        ' autocapitalize="characters" spellcheck="false" placeholder="XXXXX-XXXXX-XXXXX-XXXXX">'
        '</label><button class="g-btn quiet">{send}</button></form>'
    )
    with st.expander(_("有找回码？在这里找回"), key="me_recover"):
        cards.show(
            Markup(whole).format(
                csrf=st.context.cookies.get(CSRF_COOKIE, ""),
                label=_("找回码"),
                send=_("找回我的记录"),
            )
        )


def boards(observer: Observer, device_id: UUID) -> None:
    """Whether the boards may name me: one tap either way."""
    words = (
        _("榜单上写着你的昵称。") if observer.on_boards else _("榜单上没有你的昵称，绿点照样算。")
    )
    cards.show(cards.heading(_("榜单")), Markup("<p>{}</p>").format(words))
    last_tap.notice(BOARDS)
    st.button(
        _("退出榜单") if observer.on_boards else _("把昵称写上榜单"),
        key="me_boards",
        width="stretch",
        on_click=partial(
            last_tap.do, lambda: choose_name(device_id, not observer.on_boards), BOARDS
        ),
    )
