"""觉得弄错了？ Objecting to a suspension or to what was decided on one's own record."""

from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.moderation.appealing import LENGTH, appeal
from observations.moderation.order import SUSPENSION_WORDS, Appeal
from observations.people.observer import Observer
from pages.parts import cards, last_tap
from pages.parts.dates import moment_words
from pages.parts.limits import allow, network_here
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _


def suspended(observer: Observer, now: datetime) -> None:
    """To somebody suspended: until when, why, and a field to object."""
    suspension = store().order.suspension_of(observer.observer_id, now)
    if suspension is None:
        return
    with st.container(key="card_suspended", gap="small"):
        words = _("你的记录先停到 {moment}，原因：{reason}。以前的记录都在，没交的留在手机上。")
        text = words.format(
            moment=moment_words(suspension.until), reason=_(SUSPENSION_WORDS[suspension.reason])
        )
        cards.show(cards.note(text, "warn", role="status", mark="clock"))
        field(suspension.suspension_id)


def of_record(subject_id: UUID) -> None:
    """Objecting to what was decided on a record, behind a door."""
    with st.expander(_("觉得判得不对？说给工作人员"), key=f"appeal_open_{subject_id}"):
        field(subject_id)


def field(subject_id: UUID) -> None:
    """What was said and answered so far, and a field where no answer is awaited."""
    last_tap.notice(_place(subject_id))
    earlier = store().order.appeals_about(subject_id)
    for one in reversed(earlier):
        cards.show(_so_far(one))
    if earlier and earlier[0].answer is None:
        cards.show(cards.sub(_("说过了，在等工作人员回话。")))
        return
    key = f"appeal_{subject_id}"
    st.text_area(_("哪里弄错了？写给工作人员"), key=key, max_chars=LENGTH)
    st.button(_("交上去"), key=f"send_{key}", on_click=partial(_send, subject_id, key))


def _so_far(one: Appeal) -> Markup:
    said = Markup("<p>{}</p>").format(_("你说：{words}").format(words=one.words))
    if one.answer is None:
        return said
    answer = _("工作人员回：{words}").format(words=one.answer)
    return cards.together(said, Markup("<p>{}</p>").format(answer))


def _send(subject_id: UUID, key: str) -> None:
    device_id = visitor().device_id

    def sent() -> str:
        allow("appeals", device_id, network_here())
        if device_id:
            appeal(store(), device_id, subject_id, st.session_state[key], known_now())
        return _("收到了，工作人员会看，回话就在这里。")

    last_tap.do(sent, _place(subject_id))


def _place(subject_id: UUID) -> str:
    return f"appeal{subject_id}"
