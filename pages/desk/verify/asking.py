"""Asking a colleague about the record on the desk."""

from datetime import timedelta

import streamlit as st

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.desk.assignment import REFERRED, WORDS_LENGTH, Colleague
from observations.desk.referring import colleagues, refer
from pages.desk.verify.desk import referred, refuse
from pages.parts import cards
from pages.parts.dates import day_words
from pages.parts.desk_work import work_of
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.sighting.evidence import Evidence
from pages.parts.wording import _, as_typed

SHOWN = 9


def until() -> str:
    """For how long the record is the colleague's."""
    now = known_now()
    day = day_words(day_of(now + REFERRED - timedelta(days=1)), day_of(now))
    return _("到 {day} 为止只排给这一位").format(day=day)


def field(evidence: Evidence) -> None:
    """A field for a word to the colleague."""
    st.text_input(_("想问什么，可以不写"), key=_key(evidence), max_chars=WORDS_LENGTH)


def choices(evidence: Evidence) -> list[tuple[Colleague, str]]:
    """Colleagues, each with what is their work; a word where there is none."""
    sighting = evidence.sighting
    group = sighting.group_code if sighting else None
    district = sighting.district if sighting else None
    found = colleagues(store(), visitor().person, group, district)[:SHOWN]
    if not found:
        cards.show(cards.sub(_("还没有别的同事能核实。")))
    return [(one, _label(one)) for one in found]


def _label(one: Colleague) -> str:
    work = _("、").join(work_of(each) for each in one.assignments)
    name = as_typed(one.username)
    return f"{name} · {work}" if work else name


def _key(evidence: Evidence) -> str:
    return f"asked_{evidence.subject_id}"


def ask(evidence: Evidence, colleague: Colleague) -> None:
    """Ask this colleague, with what stands in the field, and go on."""
    words = str(st.session_state.get(_key(evidence), ""))
    review, person = evidence.review, visitor().person
    subject_id, decision_id = review.subject_id, review.decision_id
    try:
        refer(store(), person, subject_id, decision_id, colleague.staff_id, words, known_now())
    except Refused as refused:
        refuse(review, refused)
        return
    referred(review, _("请了 {whom} 看，这里接着下一条。").format(whom=colleague.username))
