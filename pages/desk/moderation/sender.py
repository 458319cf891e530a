"""One sender: found by nickname, or by a record of theirs; suspended, or set aside whole."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st

from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.base.roles import Person
from observations.moderation.order import SUSPENSION_WORDS, SuspensionReason
from observations.moderation.public_name import NameKind
from observations.moderation.renaming import look_for
from observations.moderation.standing import AT_ONCE, DAYS, set_aside, suspend
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.last_tap import do
from pages.parts.runtime import known_now, store
from pages.parts.wording import _

SHOWN = 5


def find(person: Person, now: datetime) -> None:
    """The sender of the record in the address (`?record=`), or those of a nickname."""
    cards.show(cards.heading(_("一位记录的人")))
    words = st.text_input(_("按昵称找"), key="order_words", max_chars=20)
    people = _named(person, words) if words.strip() else _of_record()
    for observer_id, nickname in people:
        _one(observer_id, nickname, now)
    if words.strip() and not people:
        cards.show(cards.sub(_("没有这个昵称。")))


def _named(person: Person, words: str) -> Sequence[tuple[UUID, str]]:
    found = look_for(store(), person, words)
    people = [(one.subject_id, one.name) for one in found if one.kind is NameKind.NICKNAME]
    return people[:SHOWN]


def _of_record() -> Sequence[tuple[UUID, str]]:
    try:
        record_id = parse_id(st.query_params.get("record"), "record")
    except Refused:
        return ()
    owner = store().occurrences.owner_of(record_id)
    nickname = store().order.nickname(owner[0]) if owner and owner[0] else None
    return [(owner[0], nickname)] if owner and owner[0] and nickname else ()


def _one(observer_id: UUID, nickname: str, now: datetime) -> None:
    with st.container(key=f"card_{observer_id}", gap="small"):
        waiting = store().order.waiting_of(observer_id, AT_ONCE)
        cards.show(cards.named(nickname, _("{count} 条在等核实").format(count=len(waiting))))
        if waiting:
            words = _("{count} 条一起先放下，不公开").format(count=len(waiting))
            act = partial(_set_aside, observer_id)
            st.button(words, key=f"aside_{observer_id}", on_click=act)
        if store().order.suspension_of(observer_id, now):
            cards.show(cards.sub(_("这位已经停着，在下面可以解除。")))
        else:
            _suspend_form(observer_id)


def _suspend_form(observer_id: UUID) -> None:
    reasons = list(SuspensionReason)
    why = st.selectbox(
        _("为什么停？对方会看到"),
        reasons,
        format_func=lambda reason: _(SUSPENSION_WORDS[reason]),
        key=f"why_{observer_id}",
    )
    with st.container(horizontal=True, gap="small"):
        for days in DAYS:
            words = _("停 {days} 天").format(days=days)
            act = partial(_suspend, observer_id, why, days)
            st.button(words, key=f"suspend_{days}_{observer_id}", on_click=act)


def _suspend(observer_id: UUID, why: SuspensionReason, days: int) -> None:
    def suspended() -> str:
        person = staff_only("keep_order").person
        one = suspend(store(), person, observer_id, why, days, known_now())
        return _("“{name}”停 {days} 天。").format(name=one.nickname, days=days)

    do(suspended)


def _set_aside(observer_id: UUID) -> None:
    def aside() -> str:
        person = staff_only("keep_order").person
        count = set_aside(store(), person, observer_id, known_now())
        return _("{count} 条放下了，在下面可以全部放回去。").format(count=count)

    do(aside)
