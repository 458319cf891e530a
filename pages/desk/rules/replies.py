"""The replies of the desk: a form for one of them, and all of them below."""

from functools import partial
from uuid import UUID

import streamlit as st

from observations.base.ids import new_id
from observations.desk.replies import drop_reply, keep_reply
from observations.desk.reply import ANSWERABLE, AUDIENCE_NAMES, Audience, Reply
from observations.taxa.taxon import Group, group_of
from observations.verification.decisions import VERDICT_NAMES, Verdict
from observations.verification.settling import MESSAGE_LENGTH
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.last_tap import do
from pages.parts.runtime import known_now, store
from pages.parts.wording import _

EDITED = "reply_edited"
FIELDS = ("verdict", "group", "audience", "words")


def replies() -> None:
    """The form, and the list."""
    text = _("点“不采用”或“问一句”时，合适的几句排在那里，一点就填上，发出去以前还能改。")
    cards.show(cards.sub(text))
    stored = store().desk.replies()
    _form()
    for verdict in ANSWERABLE:
        cards.show(cards.heading(_(VERDICT_NAMES[verdict])))
        for reply in stored:
            if reply.verdict is verdict:
                _line(reply)


def _form() -> None:
    with st.form("reply", border=True):
        is_new = EDITED not in st.session_state
        cards.show(cards.heading(_("添一句") if is_new else _("改这一句")))
        with st.container(horizontal=True):
            names = {str(verdict): _(VERDICT_NAMES[verdict]) for verdict in ANSWERABLE}
            _select(_("用在"), "verdict", names)
            groups = {"": _("哪一类都行")} | {str(group): _(group.word) for group in Group}
            _select(_("给哪一类"), "group", groups)
            audiences = {str(audience): _(word) for audience, word in AUDIENCE_NAMES.items()}
            _select(_("给谁"), "audience", audiences)
        st.text_area(_("要说的话"), key="reply_words", max_chars=MESSAGE_LENGTH)
        st.form_submit_button(_("存下"), type="primary", on_click=partial(do, _kept))
    if not is_new:
        st.button(_("不改了"), key="reply_leave", type="tertiary", on_click=_leave)


def _select(label: str, name: str, names: dict[str, str]) -> None:
    key = f"reply_{name}"
    st.selectbox(label, list(names), format_func=lambda code: names[code], key=key)


def _line(reply: Reply) -> None:
    with st.container(key=f"card_reply_{reply.reply_id}", gap="small"):
        group = group_of(reply.group_code)
        whom = [_(group.word) if group else _("哪一类都行"), _(AUDIENCE_NAMES[reply.audience])]
        cards.show(cards.named(_(reply.words), " · ".join(whom)))
        with st.container(horizontal=True, gap="small"):
            key = f"edit_{reply.reply_id}"
            st.button(_("改"), key=key, on_click=partial(_edit, reply))
            key = f"drop_{reply.reply_id}"
            st.button(_("删掉"), key=key, on_click=lambda: do(lambda: _dropped(reply.reply_id)))


def _edit(reply: Reply) -> None:
    st.session_state[EDITED] = reply.reply_id
    values = (str(reply.verdict), reply.group_code or "", str(reply.audience), _(reply.words))
    for name, value in zip(FIELDS, values, strict=True):
        st.session_state[f"reply_{name}"] = value


def _leave() -> None:
    st.session_state.pop(EDITED, None)
    st.session_state["reply_words"] = ""


def _kept() -> str:
    person, now = staff_only("keep_replies").person, known_now()
    verdict, group, audience, words = (st.session_state[f"reply_{name}"] for name in FIELDS)
    reply_id = st.session_state.get(EDITED) or new_id(now)
    reply = Reply(reply_id, Verdict(verdict), group or None, Audience(audience), words)
    keep_reply(store(), person, reply, now)
    _leave()
    return _("存好了，下一次就能用。")


def _dropped(reply_id: UUID) -> str:
    drop_reply(store(), staff_only("keep_replies").person, reply_id, known_now())
    if st.session_state.get(EDITED) == reply_id:
        _leave()
    return _("删掉了。已经发出去的不变。")
