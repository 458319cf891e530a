"""What an observer can do with their own record: answer, correct, add photos, withdraw.

Each is a new row, and the record goes back to the desk.
"""

from collections.abc import Callable, Collection
from functools import partial

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.base.wording import N_
from observations.occurrences.correcting import (
    Correction,
    MorePhotos,
    NewTime,
    asked_for,
    correct,
)
from observations.occurrences.deciding import NewName, decide
from observations.occurrences.occurrence import Occurrence
from observations.occurrences.report import MOST_PHOTOS, ReportedPlace, read_place, read_time
from observations.verification.decisions import Decision, DecisionRequest, Verdict
from observations.verification.patience import answer_by
from observations.verification.statuses import VerificationStatus
from pages.parts import cards, last_tap
from pages.parts.actions import photo
from pages.parts.dates import day_words
from pages.parts.limits import allow, network_here
from pages.parts.runtime import known_now, known_time, store
from pages.parts.session import visitor
from pages.parts.sighting import correction_field
from pages.parts.taxa.taxon_search import label_of, taxon_search
from pages.parts.wording import _

SAID = {
    Verdict.ANSWER: N_("答复收到了，核实员会再看一眼。"),
    Verdict.CORRECT: N_("名字换好了，核实员会再看一次。"),
    Verdict.WITHDRAW: N_("已撤回。谢谢你说一声。"),
}
CORRECTED: dict[type[Correction], str] = {
    ReportedPlace: N_("地点改好了，核实员会再看一次。"),
    NewTime: N_("时间改好了，核实员会再看一次。"),
    MorePhotos: N_("照片补上了，核实员会再看一次。"),
}
ASKED: dict[type[Correction], str] = {
    ReportedPlace: N_("地点不对？改一改"),
    NewTime: N_("时间不对？改一改"),
    MorePhotos: N_("补一张照片"),
}
BACK_TO_THE_DESK = N_("改了以后，要请核实员再看一次；已入账的绿点先退回，核实后再来。")


def question(record: Occurrence, latest: Decision | None) -> None:
    """The message about the last tap, and the question that waits, with the fields it asks for."""
    last_tap.notice(str(record.occurrence_id))
    if record.verification_status == VerificationStatus.QUERIED and latest:
        answer(record, latest)
        for kind in _asked(record, latest):
            _change(record, kind, is_open=True)


def _asked(record: Occurrence, latest: Decision | None) -> Collection[type[Correction]]:
    """What the question that waits for an answer asks to be corrected."""
    is_asked = record.verification_status == VerificationStatus.QUERIED and latest
    return asked_for(latest.message) if is_asked and latest else ()


def changes(record: Occurrence, latest: Decision | None) -> None:
    """The other changes that its observer can make, until it is withdrawn."""
    if latest and latest.verdict is Verdict.WITHDRAW:
        return
    above = _asked(record, latest)
    for kind in (one for one in ASKED if one not in above):
        _change(record, kind)
    with st.expander(_("名字不对？换一个"), key=f"correct_{record.occurrence_id}"):
        _correct(record)
    with st.expander(_("撤回这条记录"), key=f"withdraw_{record.occurrence_id}"):
        _withdraw(record)


def answer(record: Occurrence, question: Decision, name: str = "") -> None:
    """The question and a field for the answer; `name` says of which record, where that is open."""
    key = f"answer_{question.decision_id}"
    with st.container(key=f"card_{key}", gap="small"):
        head = cards.heading(_("核实员想问一句"), name)
        words = _("{day}以前答就好。没等到，核实员就按现有的再看一次。")
        day = day_words(answer_by(question.decided_at), day_of(known_now()))
        quote = Markup("<blockquote>{}</blockquote>").format(_(question.message))
        cards.show(head, quote, cards.sub(words.format(day=day)))
        if name and asked_for(question.message):
            lead = Markup('<p><a href="/sighting?id={}">{}</a></p>')
            cards.show(lead.format(record.occurrence_id, _("打开这条记录，在那里改")))
        st.text_area(_("你的回答"), key=key, max_chars=500, placeholder=_("想到什么写什么"))
        st.button(
            _("答复"),
            key=f"send_{key}",
            type="primary",
            width="stretch",
            on_click=lambda: say(record, Verdict.ANSWER, st.session_state[key]),
        )


def _change(record: Occurrence, kind: type[Correction], is_open: bool = False) -> None:
    """One field in a part that opens; it is read only once it is open."""
    if kind is MorePhotos and record.photo_count >= MOST_PHOTOS:
        return
    key = f"{kind.__name__}_{record.occurrence_id}_{record.decision_id}"
    with st.expander(_(ASKED[kind]), expanded=is_open, key=key, on_change="rerun") as part:
        if not part.open:
            return
        cards.show(cards.sub(_(BACK_TO_THE_DESK)))
        act = _FIELDS[kind](record)
        st.button(
            _("补上这张") if kind is MorePhotos else _("就这样改"),
            key=f"keep_{key}",
            type="primary",
            width="stretch",
            disabled=act is None,
            on_click=partial(_keep, record, kind, act) if act else None,
        )


def _place(record: Occurrence) -> Callable[[], Correction] | None:
    chosen = correction_field.ask(record, "place")
    return partial(read_place, chosen) if chosen else None


def _time(record: Occurrence) -> Callable[[], Correction] | None:
    chosen = correction_field.ask(record, "event_date")
    if not chosen:
        return None
    return lambda: NewTime(*read_time(chosen, known_time.latest()))


def _photo(record: Occurrence) -> Callable[[], Correction] | None:
    consent = visitor().consent
    allows_place = consent is not None and consent.allows_place
    key = f"photo_{record.occurrence_id}_{record.decision_id}"
    upload_id = photo.ask(key, allows_place).upload_id
    return partial(MorePhotos, (upload_id,)) if upload_id else None


_FIELDS: dict[type[Correction], Callable[[Occurrence], Callable[[], Correction] | None]] = {
    ReportedPlace: _place,
    NewTime: _time,
    MorePhotos: _photo,
}


def _keep(record: Occurrence, kind: type[Correction], read: Callable[[], Correction]) -> None:
    """Correct the visitor's own record, based on the state that was on the page."""

    def corrected() -> str:
        device_id = visitor().device_id
        assert device_id is not None  # an observer has a browser
        allow("records", device_id, network_here())
        correct(store(), _request(record, Verdict.CORRECT), read(), device_id, known_now())
        return _(CORRECTED[kind])

    last_tap.do(corrected, str(record.occurrence_id))


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

    def decided() -> str:
        decide(store(), _request(record, verdict, message), known_now(), name)
        return _(SAID[verdict])

    last_tap.do(decided, str(record.occurrence_id))


def _request(record: Occurrence, verdict: Verdict, message: str = "") -> DecisionRequest:
    return DecisionRequest(
        subject_id=record.occurrence_id,
        verdict=verdict,
        person=visitor().person,
        expected_decision_id=record.decision_id,
        message=message,
    )
