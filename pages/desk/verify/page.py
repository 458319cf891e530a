"""The desk: the evidence on one screen, one key press a decision."""

from collections.abc import Sequence

import streamlit as st

from observations.verification.decisions import Review
from pages.desk.verify import words
from pages.desk.verify.desk import ahead_of, desk, queue, undoable
from pages.desk.verify.keys import decide_bar, quiet_keys
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.runtime import known_now
from pages.parts.sighting import evidence_view, history
from pages.parts.sighting.evidence import Subjects, evidence_of, subjects_of
from pages.parts.wording import _


def screen(ahead: Sequence[Review], subjects: Subjects) -> None:
    """The open subject: photo on the left, facts and keys on the right."""
    evidence = evidence_of(ahead[0], subjects)
    now = known_now()
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        evidence_view.photo(evidence, now)
        evidence_view.strip(ahead, subjects)
        evidence_view.note(evidence)
    with right:
        words.state(evidence)
        evidence_view.facts(evidence, now)
        decide_bar(evidence)
        quiet_keys(evidence, undoable())
        words.hint()
        cards.show(cards.heading(_("经过")))
        cards.show(history.history(evidence.history, now, names_staff=True))


@st.fragment
def work() -> None:
    """The part of the page that runs again after each key press, with the next subject."""
    staff_only("verify")
    waiting = queue()
    ahead = ahead_of(waiting)
    subjects = subjects_of(ahead, desk().done)
    with st.container(horizontal=True, vertical_alignment="center", key="desk_head"):
        words.opening(ahead, waiting.count, known_now())
        words.kinds()
        words.festivals()
    words.notice(subjects)
    if ahead:
        screen(ahead, subjects)
    else:
        words.nothing_waits(undoable())


staff_only("verify")
work()
