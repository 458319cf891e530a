"""The recovery code, and the choice whether boards show the nickname."""

from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.people.joining import choose_boards
from observations.people.observer import Observer
from observations.people.recovery import replace_code
from pages.parts import cards
from pages.parts.dates import day_words
from pages.parts.runtime import known_now, store
from pages.parts.session import CSRF_COOKIE
from pages.parts.wording import _

CODE = "me_code"


def recovery(observer: Observer, device_id: UUID) -> None:
    """The code that brings my records to another browser: shown once, when it is made."""
    cards.show(cards.heading(_("找回码")))
    if CODE in st.session_state:
        _shown_once()
        return
    made_at = store().people.recovery_code_made_at(observer.observer_id)
    text = _("没有账号，你的记录跟着这个浏览器走。换手机、清理缓存之前，生成一个找回码抄下来。")
    if made_at:
        day = day_words(day_of(made_at), day_of(known_now()))
        text = _("你的找回码是{day}生成的。抄丢了就换一个，旧的马上作废。").format(day=day)
    cards.show(Markup("<p>{}</p>").format(text))
    st.button(
        _("换一个找回码") if made_at else _("生成找回码"),
        key="me_make_code",
        width="stretch",
        on_click=_make,
        args=(device_id,),
    )


def _make(device_id: UUID) -> None:
    st.session_state[CODE] = replace_code(store(), device_id, known_now())


def _shown_once() -> None:
    whole = '<div class="g-card g-code" role="status"><code>{}</code><p>{}</p>{}</div>'
    cards.show(
        Markup(whole).format(
            st.session_state[CODE],
            _("只显示这一次。抄在纸上，或截图收好。"),
            cards.sub(_("在新的浏览器打开“我的”，填上它，记录就回来了。别给别人看。")),
        )
    )
    st.button(
        _("我记下了"),
        key="me_code_kept",
        type="primary",
        width="stretch",
        on_click=lambda: st.session_state.pop(CODE, None),
    )


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
    st.button(
        _("退出榜单") if observer.on_boards else _("把昵称写上榜单"),
        key="me_boards",
        width="stretch",
        on_click=lambda: choose_boards(store(), device_id, not observer.on_boards, known_now()),
    )
