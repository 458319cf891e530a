"""What an observer can do with their own record: answer, correct, withdraw.

Each is a new row, and the record goes back to the desk.
"""

from functools import partial

import streamlit as st
from markupsafe import Markup

from observations.base.wording import N_
from observations.occurrences.deciding import NewName, decide
from observations.occurrences.occurrence import Occurrence
from observations.verification.decisions import Decision, DecisionRequest, Verdict
from observations.verification.statuses import VerificationStatus
from pages.parts import cards, last_tap
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.taxa.taxon_search import label_of, taxon_search
from pages.parts.wording import _

SAID = {
    Verdict.ANSWER: N_("答复收到了，核实员会再看一眼。"),
    Verdict.CORRECT: N_("名字换好了，核实员会再看一次。"),
    Verdict.WITHDRAW: N_("已撤回。谢谢你说一声。"),
}


def question(record: Occurrence, latest: Decision | None) -> None:
    """The message about the last tap, and the question that waits for an answer."""
    last_tap.notice(str(record.occurrence_id))
    if record.verification_status == VerificationStatus.QUERIED and latest:
        answer(record, latest)


def changes(record: Occurrence, latest: Decision | None) -> None:
    """The other changes that its observer can make, until it is withdrawn."""
    if latest and latest.verdict is Verdict.WITHDRAW:
        return
    with st.expander(_("名字不对？换一个"), key=f"correct_{record.occurrence_id}"):
        _correct(record)
    with st.expander(_("撤回这条记录"), key=f"withdraw_{record.occurrence_id}"):
        _withdraw(record)


def answer(record: Occurrence, question: Decision, name: str = "") -> None:
    """The question and a field for the answer; `name` says of which record, where that is open."""
    key = f"answer_{question.decision_id}"
    with st.container(key=f"card_{key}", gap="small"):
        head = cards.heading(_("核实员想问一句"), name)
        cards.show(head, Markup("<blockquote>{}</blockquote>").format(_(question.message)))
        st.text_area(_("你的回答"), key=key, max_chars=500, placeholder=_("想到什么写什么"))
        st.button(
            _("答复"),
            key=f"send_{key}",
            type="primary",
            width="stretch",
            on_click=lambda: say(record, Verdict.ANSWER, st.session_state[key]),
        )


def _correct(record: Occurrence) -> None:
    cards.show(cards.sub(
        _("换了名字，要请核实员再看一次；已入账的绿点先退回，核实后再来。")
    ))  # fmt: skip
    search = taxon_search(f"correct_name_{record.occurrence_id}")
    for taxon in search.taxa:
        name = NewName(taxon.taxon_id, taxon.vernacular_name)
        _choice(record, label_of(taxon), name)
    if search.query:
        own = NewName(None, search.query, record.group_code)
        _choice(record, _("名录里没有，就叫“{name}”").format(name=search.query), own)


def _choice(record: Occurrence, label: str, name: NewName) -> None:
    act = partial(say, record, Verdict.CORRECT, "", name)
    key = f"as_{name.taxon_id}_{record.occurrence_id}"
    st.button(label, key=key, width="stretch", on_click=act)


def _withdraw(record: Occurrence) -> None:
    cards.show(Markup("<p>{}</p>").format(
        _("撤回后，别人不再看到它，它的绿点也退回。撤回以后不能再改。")
    ))  # fmt: skip
    act = partial(say, record, Verdict.WITHDRAW)
    st.button(_("撤回它"), key=f"sure_{record.occurrence_id}", width="stretch", on_click=act)


def say(
    record: Occurrence, verdict: Verdict, message: str = "", name: NewName | None = None
) -> None:
    """Append one row to the visitor's own record, based on the state that was on the page."""
    request = DecisionRequest(
        subject_id=record.occurrence_id,
        verdict=verdict,
        person=visitor().person,
        expected_decision_id=record.decision_id,
        message=message,
    )

    def decided() -> str:
        decide(store(), request, known_now(), name)
        return _(SAID[verdict])

    last_tap.do(decided, str(record.occurrence_id))
