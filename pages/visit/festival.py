"""The festival: join a team without an account; what each team has, so far and confirmed."""

import streamlit as st

from observations.log.clock import day_of, now_utc
from pages.parts import cards, festival_join, festival_result
from pages.parts.consent import ask_consent
from pages.parts.runtime import store
from pages.parts.session import visitor

today = day_of(now_utc())
device_id = visitor().device_id
mine = store().festivals.membership(device_id, today) if device_id else None
shown = festival_join.asked_for() or (mine.festival if mine else store().festivals.current(today))

with st.container(key="narrow"):
    festival_result.opening(shown, today)
    festival_join.notice()
    if mine and shown and mine.festival.festival_id == shown.festival_id:
        festival_join.member(mine, today)
    elif shown and shown.last_day >= today and ask_consent():
        festival_join.ask(shown)
    if shown:
        festival_result.board(shown, mine)
        cards.show(festival_result.reading())
    else:
        festival_result.nothing()
