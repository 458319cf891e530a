"""The desk's messages: the length of the queue, the last decision, changes by others."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import streamlit as st
from markupsafe import Markup

from observations.base.wording import N_
from observations.verification.decisions import VERDICT_NAMES, Decision, Kind, Review, Verdict
from observations.verification.statuses import RELEASE_NAMES, STATUS_NAMES
from pages.desk.verify.desk import EVERYTHING, KEYS_KEY, choose_festival, choose_kind, desk, undo
from pages.parts import cards
from pages.parts.runtime import store
from pages.parts.sighting import words as record_words
from pages.parts.sighting.evidence import Evidence, Subjects
from pages.parts.wording import _

KINDS = {EVERYTHING: N_("都看"), Kind.OCCURRENCE: N_("遇见"), Kind.ACTION: N_("行动")}
KIND_KEY, FESTIVAL_KEY = "desk_kind", "desk_festival"


def opening(ahead: Sequence[Review], count: int, now: datetime) -> None:
    """The heading: how many wait, and how long the first has waited."""
    waits = [review.waiting_since for review in ahead if review.is_waiting]
    words = _("没有在等的")
    if count and waits:
        words = _("还有 {count} 条 · 最早的等了 {time}").format(
            count=count, time=record_words.waited(min(waits), now)
        )
    is_demo = any(review.is_demo for review in ahead)
    small = Markup("<small>{}</small>{}").format(words, cards.demo_mark() if is_demo else "")
    cards.show(Markup('<h1 class="g-h">{}{}</h1>').format(_("核实"), small))


def kinds() -> None:
    """Sightings, actions, or both."""
    st.segmented_control(
        _("看哪一种"),
        list(KINDS),
        format_func=lambda kind: _(KINDS[kind]),
        default=desk().shows,
        required=True,
        key=KIND_KEY,
        label_visibility="collapsed",
        on_change=lambda: choose_kind(st.session_state[KIND_KEY]),
    )


def festivals() -> None:
    """One festival's sightings only, where there is a festival."""
    names = {f.festival_id: f.name for f in store().festivals.festivals()}
    if names:
        st.selectbox(
            _("看哪个观察节"),
            [None, *names],
            format_func=lambda one: names[one] if one else _("不限观察节"),
            key=FESTIVAL_KEY,
            label_visibility="collapsed",
            on_change=lambda: choose_festival(st.session_state[FESTIVAL_KEY]),
        )


def notice(subjects: Subjects) -> None:
    """The last decision, or the reason why it was refused."""
    mine = desk()
    if mine.refusal:
        cards.show(cards.note(mine.refusal, "warn", role="status", mark="warn"))
    elif mine.done:
        cards.show(cards.note(_said(mine.done, subjects), "ok", role="status", mark="ok"))


def _said(decision: Decision, subjects: Subjects) -> str:
    sighting = subjects.sighting(decision.subject_id)
    name = record_words.name_of(sighting) if sighting else _("这件行动")
    if decision.verdict is Verdict.UNDO:
        return _("已撤回对“{name}”的决定，它又回到这里。").format(name=name)
    return _("“{name}”：{verdict}，{release}。按 Z 可以撤回。").format(
        name=name,
        verdict=_(VERDICT_NAMES[decision.verdict]),
        release=_(RELEASE_NAMES[decision.release_status]),
    )


def state(evidence: Evidence) -> None:
    """The status of a subject that was decided before; and the name set for the next decision."""
    review = evidence.review
    if not review.is_waiting:
        words = _("现在：{verification}，{release}。还可以再做决定。").format(
            verification=_(STATUS_NAMES[review.verification_status]),
            release=_(RELEASE_NAMES[review.release_status]),
        )
        cards.show(cards.note(words, role="status", mark="clock"))
    name = desk().name
    if name:
        words = _("改名为“{name}”，和下一个决定一起写下。").format(name=name.verbatim_name)
        cards.show(cards.note(words, role="status", mark="edit"))


def hint() -> None:
    """The effect of the keys, and a switch for them (WCAG 2.1.4)."""
    words = _("一键同时回答：对不对，能不能公开。每个决定都写下原因，也都可以撤回。")
    cards.show(cards.sub(words))
    st.toggle(_("用按键"), value=True, key=KEYS_KEY, persist_state="session")


def nothing_waits(last: Decision | None) -> None:
    """The message of an empty queue."""
    head, text = _("都看完了"), _("新的记录一到，就会排在这里。去外面走走也好。")
    cards.show(cards.empty("ok", head, text, cards.button(_("看看地图"), "/map", quiet=True)))
    if last:
        st.button(_("撤回上一个决定"), key="undo_last", shortcut="Z", on_click=partial(undo, last))
