"""The desk: the evidence on one screen, one key press a decision."""

from collections.abc import Sequence

import streamlit as st

from observations.verification.decisions import Review
from pages.desk.verify import alerts, community, words
from pages.desk.verify.beside import beside
from pages.desk.verify.desk import DRAWN_AHEAD, ahead_of, desk, lease_first, queue, undoable
from pages.desk.verify.filter_fields import filter_fields
from pages.desk.verify.keys import decide_bar
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.runtime import known_now
from pages.parts.sighting import evidence_view
from pages.parts.sighting.evidence import Subjects, evidence_of, subjects_of


def screen(ahead: Sequence[Review], subjects: Subjects) -> None:
    """The open subject: photo on the left, facts and keys on the right; the next ones unseen."""
    now = known_now()
    evidence, *later = evidence_of(ahead[: 1 + DRAWN_AHEAD], subjects)
    with st.container(key="desk_one"):
        left, right = st.columns([1.35, 1], gap="medium")
    with left:
        cards.show(evidence_view.photo(evidence, now))
        evidence_view.strip(ahead, subjects)
    with right:
        words.state(evidence)
        cards.show(evidence_view.facts(evidence))
        decide_bar(evidence, undoable())
        evidence_view.ahead(later, now)
        evidence_view.place(evidence)
        community.block(evidence)
        words.past(evidence, now)
        words.hint()
    beside(evidence)


@st.fragment
def work() -> None:
    """The part of the page that runs again after each key press, with the next subject."""
    staff_only("verify")
    waiting = queue()
    ahead = lease_first(ahead_of(waiting))
    subjects = subjects_of(ahead, desk().done)
    words.opening(ahead, waiting.count, known_now())
    words.notice(subjects)
    if ahead:
        screen(ahead, subjects)
    else:
        words.nothing_open(undoable())


staff_only("verify")
alerts.above()
filter_fields()
work()
