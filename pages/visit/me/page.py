"""Mine: who I am here, what I sent and where it stands, my points, and how to leave."""

import streamlit as st

from observations.base.clock import now_utc
from pages.parts import leaving
from pages.parts.board_question import home_and_name
from pages.parts.runtime import store
from pages.parts.session import Visitor, visitor
from pages.visit.me import keys, lists, profile, words
from pages.visit.me.outbox import phone_outbox


def mine(who: Visitor) -> None:
    """The page of somebody who contributed."""
    now = now_utc()
    points = store().points.balance_of(who.observer.observer_id)
    profile.profile(who.observer, points)
    home_and_name(points)
    lists.draw(who.observer, now)
    profile.change_profile(who.observer)
    keys.boards(who.observer, who.device_id)
    keys.recovery(who.observer, who.device_id)
    keys.recover_form()
    leaving.download(who.observer)
    leaving.erase_form()


with st.container(key="narrow"):
    words.answer_of_a_form()
    phone_outbox()
    if visitor().observer and visitor().device_id:
        mine(visitor())
    else:
        words.first_day()
        keys.recover_form()
