"""What of the queue this desk shows, as the address says: `/verify?group=bird&age=7`."""

from collections.abc import Container
from contextlib import suppress
from uuid import UUID

import streamlit as st

from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.base.text import clean_text
from observations.base.wording import N_
from observations.occurrences.report_checks import CHECK_WORDS
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import Group
from observations.verification.decisions import Kind
from observations.verification.filters import Filter, Turn

AGES = {"1": N_("等了一天以上"), "3": N_("等了三天以上"), "7": N_("等了一周以上")}
NAMINGS = {"yes": N_("有名录里的名字"), "no": N_("还没有名录里的名字")}
KEYS = (
    "kind",
    "festival",
    "group",
    "district",
    "age",
    "check",
    "named",
    "turn",
    "observer",
    "taxon",
    "q",
)
TEXT_LENGTH = 80


def filter_of_address() -> Filter:
    """The filter that the address says; what it says wrongly asks nothing."""
    kind, age, named, turn = (_one_of(key, codes) for key, codes in _CODES)
    return Filter(
        kind=Kind(kind) if kind else None,
        festival_id=_id("festival"),
        group=_one_of("group", set(Group)),
        district=_one_of("district", DISTRICTS),
        check=_one_of("check", CHECK_WORDS),
        is_named=named == "yes" if named else None,
        observer_id=_id("observer"),
        taxon_id=_id("taxon"),
        text=_text("q"),
        waiting_days=int(age) if age else None,
        turn=Turn(turn) if turn else None,
    )


_CODES: tuple[tuple[str, Container[str]], ...] = (
    ("kind", set(Kind)),
    ("age", AGES),
    ("named", NAMINGS),
    ("turn", set(Turn)),
)


def _one_of(key: str, codes: Container[str]) -> str | None:
    code = st.query_params.get(key)
    return code if code in codes else None


def _id(key: str) -> UUID | None:
    with suppress(Refused):
        return parse_id(st.query_params[key], key) if key in st.query_params else None
    return None


def _text(key: str) -> str:
    with suppress(Refused):
        return clean_text(st.query_params.get(key, "")[:TEXT_LENGTH], key)
    return ""
