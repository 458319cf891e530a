"""New species and new records: every publisher's own count, a table by level and year, stories."""

from collections.abc import Sequence

import streamlit as st

from observations.surveys.new_record import NewRecord
from pages.parts import cards
from pages.parts.assets import ASSETS
from pages.visit.discoveries import first


def everything(records: Sequence[NewRecord], days: Sequence[int]) -> None:
    """Counts, then what is new, the newest first."""
    _style()
    for part in first.listing(records, days):
        cards.show(part)


def story(record: NewRecord) -> None:
    """One of them: picture, what happened, where, on what evidence."""
    _style()
    left, right = st.columns([1, 1], gap="medium")
    with left:
        cards.show(first.figure(record))
    with right:
        cards.show(first.story(record))


def _style() -> None:
    st.html(ASSETS / first.STYLE)
