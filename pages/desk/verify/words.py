"""The desk's messages: the length of the queue, the last decision, changes by others."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import streamlit as st
from markupsafe import Markup

from observations.verification.decisions import VERDICT_NAMES, Decision, Review, Verdict
from observations.verification.statuses import RELEASE_NAMES, STATUS_NAMES
from pages.desk.verify.desk import KEYS_KEY, back_to_the_queue, desk, undo
from pages.desk.verify.filter_fields import drop_filter
from pages.parts import cards, last_tap
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.sighting import history
from pages.parts.sighting import words as record_words
from pages.parts.sighting.evidence import Evidence, Subjects
from pages.parts.wording import _


def opening(ahead: Sequence[Review], count: int, now: datetime) -> None:
    """The heading: how many wait that the filter lets through, and how long the first has."""
    waits = [review.waiting_since for review in ahead if review.is_waiting]
    words = _("没有在等的")
    if desk().only.count:
        words = _("筛出 {count} 条").format(count=count)
    elif count and not waits:
        words = _("还有 {count} 条").format(count=count)
    elif count:
        words = _("还有 {count} 条 · 最早的等了 {time}").format(
            count=count, time=record_words.waited(min(waits), now)
        )
    is_demo = any(review.is_demo for review in ahead)
    small = Markup("<small>{}</small>{}").format(words, cards.demo_mark() if is_demo else "")
    cards.show(Markup('<h1 class="g-h g-desk">{}{}</h1>').format(_("核实"), small))


def past(evidence: Evidence, now: datetime) -> None:
    """What happened to it so far, by whom."""
    lines = history.history(evidence.history, now, names_staff=True)
    cards.show(cards.heading(_("经过")), lines)


def notice(subjects: Subjects) -> None:
    """The last decision, or the reason why it was refused."""
    mine = desk()
    with st.container(key="desk_said"):
        if mine.refusal:
            last_tap.say(mine.refusal, last_tap.REFUSED, of=(mine.open_id, mine.refusal))
        elif mine.told:
            last_tap.say(mine.told, of=mine.told)
        elif mine.done:
            last_tap.say(_said(mine.done, subjects), of=mine.done.decision_id)


def _said(decision: Decision, subjects: Subjects) -> cards.Text:
    sighting = subjects.sighting(decision.subject_id)
    name = record_words.name_of(sighting) if sighting else _("这件行动")
    if decision.verdict is Verdict.UNDO:
        return _("已撤回对“{name}”的决定，它又回到这里。").format(name=name)
    words = _("“{name}”：{verdict}，{release}。").format(
        name=name,
        verdict=_(VERDICT_NAMES[decision.verdict]),
        release=_(RELEASE_NAMES[decision.release_status]),
    )
    return Markup("{} {}").format(words, of_keys(_("按 Z 可以撤回。")))


def of_keys(words: str) -> Markup:
    """Words about keys, which a device without them does not show."""
    return Markup('<span class="g-keyed">{}</span>').format(words)


def state(evidence: Evidence) -> None:
    """The status of a subject that was decided before; and the name set for the next decision."""
    review = evidence.review
    if not review.is_waiting:
        words = _("现在：{verification}，{release}。还可以再做决定。").format(
            verification=_(STATUS_NAMES[review.verification_status]),
            release=_(RELEASE_NAMES[review.release_status]),
        )
        cards.show(cards.note(words, role="status", mark="clock"))
    else:
        _whose_turn(evidence)
    name = desk().name
    if name:
        words = _("改名为“{name}”，和下一个决定一起写下。").format(name=name.verbatim_name)
        cards.show(cards.note(words, role="status", mark="edit"))


def _whose_turn(evidence: Evidence) -> None:
    """For whom a record waits that was referred to somebody, or was accepted once."""
    referral = store().desk.referral(evidence.subject_id, known_now())
    if referral:
        words = _("{who} 请 {whom} 看这一条。").format(
            who=referral.asked_by_name, whom=referral.asked_of_name
        )
        line = Markup("{} {}").format(words, referral.words)
        cards.show(cards.note(line, role="status", mark="ask"))
    last = next((one for one in reversed(evidence.history) if one.verdict), None)
    if last and last.verdict is Verdict.ACCEPT:
        words = _("{who} 已经说属实。这一区头一次记到它，请第二位也看一眼。").format(
            who=last.username
        )
        cards.show(cards.note(words, role="status", mark="shield"))


def hint() -> None:
    """The effect of the keys, and a switch for them (WCAG 2.1.4)."""
    words = _("一键同时回答：对不对，能不能公开。每个决定都写下原因，也都可以撤回。")
    cards.show(cards.sub(words))
    with st.container(key="keyed"):
        st.toggle(_("用按键"), value=True, key=KEYS_KEY, persist_state="session")


def not_there() -> None:
    """The message where what was asked for is not there; no other record lies open instead."""
    text = _("“{number}”不是这里的编号，或者那条记录已经被抹去。核对一下，再找一次。")
    cards.show(cards.empty("search", _("没有这一条"), text.format(number=desk().missing)))
    st.button(_("看排着的"), key="back_to_queue", on_click=back_to_the_queue)


def nothing_open(last: Decision | None) -> None:
    """The message of an empty queue, or why nothing of it lies open here."""
    if desk().missing:
        not_there()
        return
    only = desk().only
    now = known_now()
    staff_id = visitor().person.staff_id if only.turn else None  # then of what others look at, too
    left = store().verification.filtered_queue(only, 1, now, staff_id=staff_id).count
    if only.count and not left:
        text = _("换一个条件，或者全部不限。")
        cards.show(cards.empty("search", _("这样筛，没有在等的"), text))
        st.button(_("全部不限"), key="no_filter_here", on_click=drop_filter)
    elif left:
        text = _("还有 {count} 条，别的核实员正开着，或要别人看。两分钟没动静的，就会排到这里。")
        cards.show(cards.empty("clock", _("剩下的都有人在看"), text.format(count=left)))
    else:
        _all_done()
    if last:
        st.button(_("撤回上一个决定"), key="undo_last", shortcut="Z", on_click=partial(undo, last))


def _all_done() -> None:
    head, text = _("都看完了"), _("新的记录一到，就会排在这里。去外面走走也好。")
    cards.show(cards.empty("ok", head, text, cards.button(_("看看地图"), "/map", quiet=True)))
