"""What waits for staff, and what they did that can be undone."""

from datetime import datetime
from functools import partial

import streamlit as st
from markupsafe import Markup

from observations.moderation.appealing import LENGTH, answer
from observations.moderation.order import (
    FLAG_WORDS,
    SUSPENSION_WORDS,
    Appeal,
    AppealKind,
    Flagged,
    SetAside,
    Suspension,
)
from observations.moderation.standing import lift, put_back
from pages.parts import cards
from pages.parts.dates import moment_words
from pages.parts.guard import staff_only
from pages.parts.last_tap import do
from pages.parts.runtime import known_now, store
from pages.parts.wording import _

LISTED = 30


def appeals() -> None:
    """What people object to, each with a field for the answer."""
    open_ones = store().order.open_appeals()
    cards.show(cards.heading(_("申诉"), _("{count} 条没回").format(count=len(open_ones))))
    for one in open_ones:
        _appeal(one)
    if not open_ones:
        cards.show(cards.sub(_("没有人在等回话。")))


def _appeal(one: Appeal) -> None:
    with st.container(key=f"card_{one.appeal_id}", gap="small"):
        about = _("说自己停得冤") if one.kind is AppealKind.SUSPENSION else _("说一条记录判得不对")
        head = cards.named(one.nickname, f"{about} · {moment_words(one.sent_at)}")
        cards.show(head, Markup("<blockquote>{}</blockquote>").format(one.words))
        if one.kind is AppealKind.RECORD:
            link = cards.button(_("看这条记录"), f"/sighting?id={one.subject_id}", quiet=True)
            cards.show(link)
        key = f"answer_{one.appeal_id}"
        st.text_area(_("回一句，对方看得到"), key=key, max_chars=LENGTH)
        st.button(_("回话"), key=f"send_{key}", on_click=partial(_answer, one, key))


def _answer(one: Appeal, key: str) -> None:
    def answered() -> str:
        person = staff_only("keep_order").person
        answer(store(), person, one.appeal_id, st.session_state[key], known_now())
        return _("回给“{name}”了。").format(name=one.nickname)

    do(answered)


def flagged(now: datetime) -> None:
    """Public records in which people find something wrong."""
    records = store().order.flagged(now, LISTED)
    if not records:
        return
    text = _("三个人指出就回到核实台最前面；做一个决定，就算答复了。")
    cards.show(cards.heading(_("被指出有问题的")), cards.sub(text))
    rows = Markup("").join(_flagged(one) for one in records)
    cards.show(Markup('<div class="g-card g-rows"><ul class="g-list">{}</ul></div>').format(rows))


def _flagged(one: Flagged) -> Markup:
    reasons = [
        _("{reason}：{count}").format(reason=_(FLAG_WORDS[reason]), count=count)
        for reason, count in one.reasons.items()
    ]
    whole = Markup('<li><div class="g-grow">{}</div>{}</li>')
    name = _("{name} · {count} 人").format(name=one.name or _("一次遇见"), count=one.people)
    link = cards.button(_("去核实台看"), f"/verify?id={one.occurrence_id}", quiet=True)
    return whole.format(cards.named(name, " · ".join(reasons)), link)


def suspensions(now: datetime) -> None:
    """Who is suspended, each with a button that ends it."""
    running = store().order.suspensions(now)
    if running:
        cards.show(cards.heading(_("停着的")))
    for one in running:
        with st.container(key=f"card_{one.suspension_id}", gap="small"):
            until = _("停到 {moment}").format(moment=moment_words(one.until))
            facts = (_(SUSPENSION_WORDS[one.reason]), until, one.staff_name or "")
            cards.show(cards.named(one.nickname, " · ".join(fact for fact in facts if fact)))
            st.button(_("解除"), key=f"lift_{one.suspension_id}", on_click=partial(_lift, one))


def _lift(one: Suspension) -> None:
    def lifted() -> str:
        person = staff_only("keep_order").person
        lift(store(), person, one.suspension_id, known_now())
        return _("“{name}”又可以记录了。").format(name=one.nickname)

    do(lifted)


def sets_aside() -> None:
    """What was set aside together, each with a button that puts it back."""
    batches = store().order.sets_aside(LISTED)
    if batches:
        cards.show(cards.heading(_("一起放下的")))
    for one in batches:
        with st.container(key=f"card_{one.set_aside_id}", gap="small"):
            text = _("{count} 条，{standing} 条还放着").format(
                count=one.count, standing=one.standing
            )
            facts = (text, moment_words(one.decided_at), one.staff_name or "")
            cards.show(cards.named(one.nickname, " · ".join(fact for fact in facts if fact)))
            if one.standing:
                key = f"back_{one.set_aside_id}"
                st.button(_("全部放回去"), key=key, on_click=partial(_put_back, one))


def _put_back(one: SetAside) -> None:
    def back() -> str:
        person = staff_only("keep_order").person
        count = put_back(store(), person, one.set_aside_id, known_now())
        return _("{count} 条放回原来的位置了。").format(count=count)

    do(back)
