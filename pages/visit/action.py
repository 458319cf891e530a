"""Log a low-carbon action: which, how much, when, perhaps a photo; one button sends."""

import streamlit as st

from observations.actions.allowance import allowance
from observations.actions.catalogue import Action
from observations.actions.entries import ActionReport
from observations.log.clock import day_of, now_utc
from pages.parts import (
    action_code,
    action_form,
    action_photo,
    action_receipt,
    action_sending,
    action_tiles,
)
from pages.parts.consent import ask_consent
from pages.parts.runtime import store
from pages.parts.session import visitor

now = now_utc()
today = day_of(now)
who = visitor()
catalogue = store().actions.catalogue(today)
left = allowance(store(), who.observer.observer_id if who.observer else None, now)


def browse() -> Action | None:
    """The question and the catalogue; gives what is chosen. Anyone may look."""
    action_form.opening(left)
    return action_tiles.choose(catalogue, key=f"action_tiles_{action_sending.report_id()}")


def fill_in(action: Action) -> None:
    """Quantity, day and photo; what it will count for stands there before it is sent."""
    report_id = action_sending.report_id()
    amount, day = action_form.quantity(action), action_form.done_on(today)
    evidence = action_photo.ask(f"action_photo_{report_id}", who.consent.allows_place)
    report = ActionReport(report_id, action.code, amount, day, evidence.upload_id)
    is_open = action_sending.preview(action, report, catalogue, left)
    action_sending.send(report, catalogue, is_ready=is_open and not evidence.is_sending)


with st.container(key="narrow"):
    if kept := action_sending.kept():
        action_receipt.draw(kept, catalogue, left, today)
    elif action_code.asked():
        if ask_consent(action_code.opening):
            action_code.opening()
            action_code.send()
    elif ask_consent(browse):
        if chosen := browse():
            fill_in(chosen)
        else:
            action_code.enter()
            action_sending.button_only()
