"""Which of my sightings to see: by state and by year, as the address says."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from observations.occurrences import own_records
from observations.occurrences.own_records import STATE_NAMES, Glance, State
from pages.parts.url_choice import url_select
from pages.parts.wording import _

STATE, YEAR = "state", "year"
FEW = 3  # sightings that need no choosing


@dataclass(frozen=True)
class Choice:
    """The sightings to see, and the year chosen; None: any."""

    records: Sequence[Glance]
    year: int | None


def chosen(own: Sequence[Glance]) -> Choice:
    """The sightings that the address asks for."""
    state = st.query_params.get(STATE, "")
    text = st.query_params.get(YEAR, "")
    year = int(text) if text in {str(one) for one in own_records.years(own)} else None
    wanted = State(state) if state in set(State) else None
    return Choice(own_records.chosen(own, wanted, year), year)


def fields(own: Sequence[Glance]) -> None:
    """The two fields, each choice with its number of sightings; none where there are only a few."""
    if len(own) <= FEW:
        return
    states = {"": _("不论状态")} | {
        str(state): _with_count(_(word), len(own_records.chosen(own, state)))
        for state, word in STATE_NAMES.items()
    }
    years = {"": _("不论哪年")} | {
        str(year): _with_count(_("{year} 年").format(year=year), len(_of(own, year)))
        for year in own_records.years(own)
    }
    left, right = st.columns(2)
    with left:
        url_select(_("状态"), states, STATE, "", label_visibility="collapsed")
    with right:
        url_select(_("年份"), years, YEAR, "", label_visibility="collapsed")


def _of(own: Sequence[Glance], year: int) -> list[Glance]:
    return own_records.chosen(own, year=year)


def _with_count(word: str, count: int) -> str:
    return f"{word} · {count}"
