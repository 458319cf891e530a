"""The button that sends an action, a preview of its points, and the reason of a refusal."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from observations.actions.allowance import count_of
from observations.actions.catalogue import Action
from observations.actions.counting import excluding_code
from observations.actions.entries import ActionReport, DayTotal
from observations.actions.recording import Logged, submit
from observations.base.errors import Refused
from observations.base.ids import new_id
from pages.parts import last_tap
from pages.parts.actions.form import made_of
from pages.parts.limits import allow, network_here
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _, language, sentence

REPORT, KEPT = "action_report", "action_kept"


def report_id() -> UUID:
    """The id of the report in the form: if it is sent twice, it is stored once."""
    made: UUID = st.session_state.setdefault(REPORT, new_id())
    return made


def last_entry() -> Logged | None:
    """The entry that was sent and stored last."""
    return st.session_state.get(KEPT)


def again() -> None:
    """Start again with an empty form."""
    for key in (KEPT, REPORT):
        st.session_state.pop(key, None)


def button_only() -> None:
    """The button before an action is chosen."""
    with st.bottom.container(key="send"):
        _button(is_ready=False)


def preview(action: Action, report: ActionReport, catalogue: Sequence[Action]) -> bool:
    """Show what the report will count for; False where the day already holds the same act."""
    day = _day_of(report)
    other = excluding_code(action, day)
    if other:
        refusal = Refused("action.counted_already", other=_name(other, catalogue))
        last_tap.say(sentence(refusal), last_tap.REFUSED, of=(action.code, other))
        return False
    observer = visitor().observer
    me = observer.observer_id if observer else None
    has_photo = report.upload_id is not None
    made_of(
        action,
        count_of(store(), action, report.quantity, me, report.done_on, has_evidence=has_photo),
    )
    return report.quantity > 0


def send(report: ActionReport, catalogue: Sequence[Action], is_ready: bool) -> None:
    """Draw the button; once tapped, go on to the receipt, or say beside it why not."""
    with st.bottom.container(key="send", gap="small"):
        place = st.container()
        if _button(is_ready):
            try:
                st.session_state[KEPT] = _submit(report)
            except Refused as refusal:
                with place:
                    last_tap.say(sentence(_named(refusal, catalogue)), last_tap.REFUSED)
    if last_entry():
        st.rerun()


def _named(refusal: Refused, catalogue: Sequence[Action]) -> Refused:
    """The same refusal, with the other action's name for its code."""
    if refusal.code == "action.counted_already":
        refusal.values["other"] = _name(str(refusal.values["other"]), catalogue)
    return refusal


def _button(is_ready: bool) -> bool:
    return st.button(
        _("记下这件事"), key="action_send", type="primary", width="stretch", disabled=not is_ready
    )


def _submit(report: ActionReport) -> Logged:
    device_id = visitor().device_id
    if device_id is None:
        raise Refused("csrf.missing")
    allow("actions", device_id, network_here())
    return submit(store(), report, device_id, known_now())


def _day_of(report: ActionReport) -> list[DayTotal]:
    observer = visitor().observer
    return store().actions.day_of(observer.observer_id, report.done_on) if observer else []


def _name(code: str, catalogue: Sequence[Action]) -> str:
    return next((a.name.of(language()) for a in catalogue if a.code == code), code)
