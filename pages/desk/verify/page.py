"""The desk: the evidence on one screen, one key press a decision."""

import streamlit as st

from observations.base.clock import now_utc
from pages.desk.verify import words
from pages.desk.verify.desk import queue, undoable
from pages.desk.verify.keys import decide_bar, quiet_keys
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.sighting import evidence_view, history
from pages.parts.sighting.evidence import Evidence, evidence_of
from pages.parts.wording import _


def screen(evidence: Evidence) -> None:
    """What lies open: photo on the left, facts and keys on the right."""
    now = now_utc()
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        evidence_view.photo(evidence, now)
        evidence_view.strip(queue())
        evidence_view.note(evidence)
    with right:
        words.state(evidence)
        evidence_view.facts(evidence, now)
        decide_bar(evidence)
        quiet_keys(evidence, undoable())
        words.hint()
        cards.show(cards.heading(_("经过")))
        cards.show(history.history(evidence.decisions, evidence.names, now, history.staff_names()))


@st.fragment
def work() -> None:
    """One press, one decision, and the next record is there; only this part runs again."""
    staff_only("verify")
    ahead = queue()
    with st.container(horizontal=True, vertical_alignment="center", key="desk_head"):
        words.opening(ahead, now_utc())
        words.kinds()
        words.festivals()
    words.notice()
    if ahead:
        screen(evidence_of(ahead[0]))
    else:
        words.nothing_waits(undoable())


staff_only("verify")
work()
