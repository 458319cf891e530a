"""The festival: join a team without an account; each team so far, and after checking."""

import streamlit as st

from observations.base.clock import day_of
from pages.parts import cards
from pages.parts.festivals import board, join, result
from pages.parts.recorder.consent import ask_consent
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.visit.festival import tent

now, who = known_now(), visitor()
today, device_id = day_of(now), who.device_id
mine = store().festivals.membership(device_id, today) if device_id else None
opened = join.asked_for()
shown = opened or (mine.festival if mine else store().festivals.current(today))

if shown and st.query_params.get("wall"):
    tent.wall(shown, is_open=opened is not None and shown.last_day >= today)
else:
    with st.container(key="narrow"):
        result.opening(shown, today)
        join.notice()
        if mine and shown and mine.festival.festival_id == shown.festival_id:
            join.member(mine, today)
        elif shown and not shown.is_cancelled and shown.last_day >= today and ask_consent():
            join.ask(shown, knows_code=opened is not None)
        if shown:
            board.board(shown, mine, who, now)
            cards.show(result.reading(shown))
        else:
            result.nothing()
