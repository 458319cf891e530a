"""The visitor's own page: profile, contributions and their status, points, and how to leave."""

from uuid import UUID

import streamlit as st

from observations.occurrences.own_records import MOST
from observations.people.observer import Observer
from pages.parts import appeal, leaving, recovery
from pages.parts.board_question import ask_home
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.visit.me import keys, lists, profile, words
from pages.visit.me.outbox import phone_outbox


def mine(observer: Observer, device_id: UUID) -> None:
    """The page of a visitor who has contributed."""
    now = known_now()
    points = store().points.balance_of(observer.observer_id)
    own = store().occurrences.own_index(observer.observer_id, MOST)
    profile.profile(observer, own, points)
    appeal.suspended(observer, now)
    ask_home()
    lists.draw(observer, own, now)
    profile.change_profile(observer)
    keys.boards(observer, device_id)
    recovery.recovery(observer, device_id)
    keys.recover_form()
    leaving.download()
    leaving.erase_form()


with st.container(key="narrow"):
    words.answer_of_a_form()
    phone_outbox()
    who = visitor()
    if who.observer and who.device_id:
        mine(who.observer, who.device_id)
    else:
        words.first_day()
        keys.recover_form()
