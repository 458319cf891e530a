"""The festival: join a team without an account; what each team has, so far and confirmed."""

import streamlit as st

from observations.base.clock import day_of
from pages.parts import cards
from pages.parts.festivals import join, result
from pages.parts.recorder.consent import ask_consent
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor

today = day_of(known_now())
device_id = visitor().device_id
mine = store().festivals.membership(device_id, today) if device_id else None
opened = join.asked_for()
shown = opened or (mine.festival if mine else store().festivals.current(today))

with st.container(key="narrow"):
    result.opening(shown, today)
    join.notice()
    if mine and shown and mine.festival.festival_id == shown.festival_id:
        join.member(mine, today)
    elif shown and not shown.is_cancelled and shown.last_day >= today and ask_consent():
        join.ask(shown, knows_code=opened is not None)
    if shown:
        result.board(shown, mine)
        cards.show(result.reading())
    else:
        result.nothing()
