"""Log a low-carbon action: which, how much, when, perhaps a photo; one button sends."""

from dataclasses import replace

import streamlit as st

from observations.actions.allowance import allowance, next_points
from observations.actions.catalogue import Action
from observations.base.clock import day_of
from pages.parts.actions import form, photo, tiles
from pages.parts.recorder.consent import ask_consent
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.visit.action import code, receipt, sending

today = day_of(known_now())
who = visitor()
catalogue = store().actions.catalogue(today)
me = who.observer.observer_id if who.observer else None


def browse() -> Action | None:
    """The question and the catalogue; gives what is chosen. Anyone may look."""
    form.opening(allowance(store(), me, today))
    points = next_points(store(), catalogue, me, today)
    return tiles.choose(catalogue, points, key=f"action_tiles_{sending.report_id()}")


def fill_in(action: Action) -> None:
    """The form and the photo; what it will count for stands there before it is sent."""
    report_id = sending.report_id()
    may_read_place = who.consent is not None and who.consent.allows_place
    answers = form.report(report_id, action, today)
    evidence = photo.ask(f"action_photo_{report_id}", may_read_place)
    report = replace(answers, upload_id=evidence.upload_id)
    is_open = sending.preview(action, report, catalogue)
    sending.send(report, catalogue, is_ready=is_open and not evidence.is_sending)


with st.container(key="narrow"):
    if logged := sending.last_entry():
        receipt.draw(logged, catalogue, allowance(store(), me, logged.entry.done_on), today)
    elif code.from_address():
        if ask_consent(code.opening):
            code.opening()
            code.send()
    elif ask_consent(browse):
        if selected_action := browse():
            fill_in(selected_action)
        else:
            code.enter()
            sending.button_only()
