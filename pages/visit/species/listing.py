"""Browsing the checklist: its nine groups, then a group as cards or by classification."""

from collections.abc import Collection
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.taxa.taxon import Group, Taxon
from observations.taxa.tree import Branch, tree_of
from pages.parts import cards
from pages.parts.assets import ASSETS
from pages.parts.session import visitor
from pages.parts.taxa.checklist import all_taxa, found_taxa
from pages.parts.taxa.taxon_search import taxon_field
from pages.parts.url_choice import show, shown
from pages.parts.wording import _
from pages.visit.species import first
from pages.visit.species.first import STEP, STYLE, of_group
from pages.visit.species.matches import matches

SHOWN, SEARCH = "shown", "species_search"


def groups() -> None:
    """The nine groups, each with how many of its species have been found."""
    _style()
    cards.show(first.heading())
    _search()
    cards.show(first.groups())


def _search() -> None:
    """A field that searches while one types, as the recorder's does."""
    st.session_state.setdefault(SEARCH, st.query_params.get("q", ""))
    typed = taxon_field(SEARCH)
    if typed:
        cards.show(matches(typed))


def cards_of(group: Group) -> None:
    """A group's species as cards: what was found first, the most often recorded in front."""
    recorded, unrecorded = first.by_records(group)
    _head(group, "cards")
    cards.show(first.recent(group, _district()))
    count = shown(SHOWN, STEP)
    if recorded:
        cards.show(first.species_cards(recorded[:count]))
    if len(recorded) > count:
        words = _("再看 {count} 种").format(count=min(STEP, len(recorded) - count))
        st.button(
            words, key="species_more", on_click=show, args=(SHOWN, count + STEP), width="stretch"
        )
    if unrecorded:
        cards.show(first.without_records(unrecorded))


def _district() -> str:
    """The district of the address; without one that where the visitor lives."""
    observer = visitor().observer
    home = observer.home_district if observer else None
    return st.query_params.get("district") or home or first.ANYWHERE


def tree(group: Group) -> None:
    """A group by class, order and family; a filled mark for what was found, a ring for the rest."""
    tallies, taxa = found_taxa(), of_group(all_taxa(), group)
    _head(group, "tree")
    key = Markup('<p class="g-sub s-key"><i class="s-dot on"></i>{}<i class="s-dot"></i>{}</p>')
    root = tree_of(taxa, tallies)
    branches = [_branch(branch, tallies, depth=0) for branch in root.branches.values()]
    whole = Markup('<div class="g-card s-tree">{}</div>').format(Markup("").join(branches))
    cards.show(key.format(_("遇见过"), _("还没有")), whole)


def _head(group: Group, way: str) -> None:
    _style()
    cards.show(first.head_of_group(group, way))


def _branch(branch: Branch, tallies: Collection[UUID], depth: int) -> Markup:
    whole = (
        '<details{}><summary><span class="g-grow">{}</span>'
        '<span class="g-sub g-num">{} / {}</span></summary>{}</details>'
    )
    inside = [_branch(below, tallies, depth + 1) for below in branch.branches.values()]
    if branch.taxa:
        leaves = Markup("").join(_leaf(taxon, taxon.taxon_id in tallies) for taxon in branch.taxa)
        inside.append(Markup("<ul>{}</ul>").format(leaves))
    opened = Markup(" open") if depth == 0 else ""
    return Markup(whole).format(
        opened, first.rank(branch.name), branch.recorded, branch.species, Markup("").join(inside)
    )


def _leaf(taxon: Taxon, is_found: bool) -> Markup:
    mark = '<i class="s-dot {}" role="img" aria-label="{}"></i>'
    dot = Markup(mark).format("on" if is_found else "", _("遇见过") if is_found else _("还没有"))
    latin = cards.latin(taxon.scientific_name)
    return Markup("<li>{}{} {}</li>").format(dot, first.name(taxon), latin)


def _style() -> None:
    st.html(ASSETS / STYLE)
