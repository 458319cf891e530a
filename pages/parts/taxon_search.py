"""Finding a name in the checklist with a text field; the search itself runs on the server."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from observations.taxa.taxon import Taxon
from pages.parts.checklist import taxon_index
from pages.parts.wording import _

SHOWN = 6


@dataclass(frozen=True)
class Found:
    """What was typed and the taxa that fit it, the likeliest first."""

    query: str
    taxa: Sequence[Taxon]


def taxon_search(key: str, label: str = "") -> Found:
    """A field that searches while one types: Chinese, pinyin, Latin or English."""
    typed = st.text_input(
        label or _("名字、拼音、拉丁名或英文名"),
        key=key,
        type="search",
        live=True,
        placeholder=_("比如：夜鹭、yelu、Nycticorax"),
    )
    query = (typed or "").strip()
    return Found(query, taxon_index().search(query, limit=SHOWN) if query else ())
