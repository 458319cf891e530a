"""The recovery code: made on /me, and offered once the first record is stored."""

from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.people.observer import Observer
from observations.people.recovery import replace_code
from pages.parts import cards
from pages.parts.dates import day_words
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _

CODE = "me_code"


def recovery(observer: Observer, device_id: UUID) -> None:
    """The code that brings my records to another browser: shown once, when it is made."""
    cards.show(cards.heading(_("找回码")))
    if CODE in st.session_state:
        _shown_once()
        return
    made_at = store().people.recovery_code_made_at(observer.observer_id)
    text = _("没有账号，你的记录跟着这个浏览器走。换手机、清理缓存之前，生成一个找回码收好。")
    if made_at:
        day = day_words(day_of(made_at), day_of(known_now()))
        text = _("你的找回码是{day}生成的。抄丢了就换一个，旧的马上作废。").format(day=day)
    _make(text, _("换一个找回码") if made_at else _("生成找回码"), device_id)


def offer() -> None:
    """Offer the code below the receipt of a first record, and show it there."""
    who = visitor()
    if not (who.observer and who.device_id):
        return
    if CODE in st.session_state:
        _shown_once()
    elif _is_first(who.observer.observer_id):
        with st.container(key="card_recovery", gap="small"):
            cards.show(cards.heading(_("换了手机也找得回来")))
            text = _("没有账号，你的记录跟着这个浏览器走。留一个找回码，以后凭它找回。")
            _make(text, _("生成找回码"), who.device_id)


def _is_first(observer_id: UUID) -> bool:
    """Whether the observer has one record or action, and no code yet."""
    rooms = store()
    if rooms.people.recovery_code_made_at(observer_id):
        return False
    records = rooms.occurrences.occurrences_of(observer_id, 2)
    return len(records) + len(rooms.actions.entries_of(observer_id, 2)) == 1


def _make(text: str, label: str, device_id: UUID) -> None:
    cards.show(Markup("<p>{}</p>").format(text))
    st.button(label, key="me_make_code", width="stretch", on_click=_keep, args=(device_id,))


def _keep(device_id: UUID) -> None:
    st.session_state[CODE] = replace_code(store(), device_id, known_now())


def _shown_once() -> None:
    """The code on one line, which a tap copies (`assets/app/copy.js`)."""
    whole = (
        '<div class="g-card g-code g-said" role="status" data-said="{}">'
        '<button type="button" data-copy="{}"><code>{}</code>'
        '<span data-copied="{}">{}</span></button><p>{}</p>{}</div>'
    )
    code = st.session_state[CODE]
    cards.show(
        Markup(whole).format(
            code,
            code,
            code,
            _("复制好了"),
            _("点一下复制"),
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
