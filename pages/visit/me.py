"""Mine: who I am here, what I sent and where it stands, my points, and how to leave."""

import streamlit as st

from observations.log.clock import now_utc
from pages.parts import leaving, me_words, own_keys, own_lists, own_profile
from pages.parts.board_question import home_and_name
from pages.parts.phone_outbox import phone_outbox
from pages.parts.runtime import store
from pages.parts.session import Visitor, visitor


def mine(who: Visitor) -> None:
    """The page of somebody who contributed."""
    now = now_utc()
    points = store().points.balance_of(who.observer.observer_id)
    own_profile.profile(who.observer, points)
    home_and_name(points)
    own_lists.my_sightings(who.observer, now)
    own_lists.my_actions(who.observer, now)
    own_lists.statement(who.observer, now)
    own_profile.change_profile(who.observer)
    own_keys.boards(who.observer, who.device_id)
    own_keys.recovery(who.observer, who.device_id)
    own_keys.recover_form()
    leaving.download(who.observer)
    leaving.erase_form()


with st.container(key="narrow"):
    me_words.answer_of_a_form()
    phone_outbox()
    if visitor().observer and visitor().device_id:
        mine(visitor())
    else:
        me_words.first_day()
        own_keys.recover_form()
