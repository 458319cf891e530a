"""Record a sighting: the recorder, and the tabs again once the receipt is there."""

import streamlit as st

from pages.parts import bars, recovery, site
from pages.parts.festivals import join
from pages.parts.recorder.recorder import recorder
from pages.parts.session import visitor

with st.container(key="narrow"):
    join.strip()
    received = recorder()

if received:
    with st.container(key="offer"):
        recovery.offer()
    entries = site.open_to(visitor().person)
    bars.tabs(entries, next(entry for entry in entries if entry.path == "record"))
