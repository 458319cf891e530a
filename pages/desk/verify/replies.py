"""What a refusal or a question says to the observer: ready words, to be changed first."""

from functools import partial

import streamlit as st

from observations.base.clock import day_of
from observations.desk.replies import replies_for
from observations.verification.decisions import Reason, Verdict
from observations.verification.patience import PATIENCE, answer_by
from observations.verification.settling import MESSAGE_LENGTH
from pages.desk.verify.desk import decide, desk
from pages.parts.dates import day_words
from pages.parts.runtime import known_now, store
from pages.parts.sighting.evidence import Evidence
from pages.parts.wording import _


def until() -> str:
    """By when a question that is asked now is to be answered."""
    now = known_now()
    day = day_words(answer_by(now), day_of(now))
    text = _("等 {days} 天，最晚 {day}；没等到，就回到这里再看")
    return text.format(days=PATIENCE.days, day=day)


def choices(evidence: Evidence, verdict: Verdict) -> None:
    """The ready words that fit; a tap puts them into the field."""
    group = evidence.sighting.group_code if evidence.sighting else None
    sent = evidence.track.sent if evidence.track else 0
    with st.container(gap="xsmall", key="replies"):
        for reply in replies_for(store(), verdict, group, sent):
            key = f"reply_{reply.reply_id}_{evidence.subject_id}"
            say = partial(_say, evidence, reply.words)
            st.button(_(reply.words), key=key, width="stretch", on_click=say)
        if verdict is Verdict.REJECT and desk().said is None:
            key = f"reply_own_{evidence.subject_id}"
            st.button(
                _("自己写一句"), key=key, type="tertiary", on_click=partial(_say, evidence, "")
            )


def _say(evidence: Evidence, words: str) -> None:
    desk().said = words
    st.session_state[_key(evidence)] = _(words) if words else ""


def _said(evidence: Evidence) -> str:
    """What stands in the field; ready words that nobody changed as they are kept.

    Those are translated where they are read.
    """
    chosen, words = desk().said, str(st.session_state.get(_key(evidence), ""))
    return chosen if chosen and words == _(chosen) else words


def _key(evidence: Evidence) -> str:
    return f"words_{evidence.subject_id}"


def field(evidence: Evidence) -> bool:
    """The field for words that go with a refusal, once some were chosen; gives whether it is there.

    While one may type there, no key decides.
    """
    if desk().said is None:
        return False
    label = _("写给记录的人，选好原因就一起发出去")
    st.text_area(label, key=_key(evidence), max_chars=MESSAGE_LENGTH, height=96)
    return True


def refuse(evidence: Evidence, reason: Reason) -> None:
    """Not accepted, with what stands in the field."""
    words = _said(evidence) if desk().said is not None else ""
    decide(evidence.review, Verdict.REJECT, reason, words)


def question(evidence: Evidence) -> None:
    """The field for a question."""
    with st.form(f"ask_{evidence.subject_id}", border=False):
        st.text_area(_("要问的话"), key=_key(evidence), max_chars=MESSAGE_LENGTH, height=96)
        if st.form_submit_button(_("问出去"), type="primary", width="stretch"):
            decide(evidence.review, Verdict.QUERY, message=_said(evidence))
            st.rerun(scope="fragment")
