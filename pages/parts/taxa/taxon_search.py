"""A text field that finds names of the checklist; the search runs on the server."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from observations.taxa.taxon import Taxon
from pages.parts.taxa.checklist import find_taxa
from pages.parts.wording import _, language

SHOWN = 6


@dataclass(frozen=True)
class Found:
    """The typed text and the taxa that match it, the likeliest first."""

    query: str
    taxa: Sequence[Taxon]


def taxon_field(key: str, label: str = "") -> str:
    """What is typed, while one types, into a field for a Chinese, pinyin, Latin or English name."""
    typed = st.text_input(
        label or _("名字、拼音、拉丁名或英文名"),
        key=key,
        type="search",
        live=True,
        placeholder=_("比如：夜鹭、yelu、Nycticorax"),
    )
    return (typed or "").strip()


def taxon_search(key: str, label: str = "") -> Found:
    """A field that searches while one types, with what it finds."""
    query = taxon_field(key, label)
    return Found(query, [one.taxon for one in find_taxa(query, limit=SHOWN)] if query else ())


def label_of(taxon: Taxon) -> str:
    """The text of a taxon on a button: name, Latin name and group, since taxa may share a name."""
    return f"{taxon.name(language())} · *{taxon.scientific_name}* · {_(taxon.group.word)}"
