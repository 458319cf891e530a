"""Browsing the checklist: its nine groups, then a group as cards or by classification."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.map.taxon_summary import Tally
from observations.taxa.taxon import PROTECTION_WORDS, Group, Taxon
from observations.taxa.tree import Branch, tree_of
from pages.parts import cards
from pages.parts.assets import ASSETS
from pages.parts.taxa.checklist import all_taxa, found_taxa
from pages.parts.taxa.species_link import picture_of, species_link
from pages.parts.wording import _, language
from pages.visit.species import first
from pages.visit.species.first import found_of, of_group

STEP = 60
SHOWN = "species_shown"


def groups() -> None:
    """The nine groups, each with how many of its species have been found."""
    _style()
    cards.show(first.groups())


def cards_of(group: Group) -> None:
    """A group's species as cards: what was found first, the most often recorded in front."""
    tallies, taxa = found_taxa(), of_group(all_taxa(), group)
    recorded = sorted(
        (taxon for taxon in taxa if taxon.taxon_id in tallies),
        key=lambda taxon: -tallies[taxon.taxon_id].records,
    )
    unrecorded = [taxon for taxon in taxa if taxon.taxon_id not in tallies]
    _head(group, taxa, tallies, "cards")
    shown = st.session_state.get(SHOWN, STEP)
    if recorded:
        cards.show(cards.grid([_species_card(taxon, tallies) for taxon in recorded[:shown]]))
    if len(recorded) > shown:
        words = _("再看 {count} 种").format(count=min(STEP, len(recorded) - shown))
        st.button(words, key="species_more", on_click=_show_more, width="stretch")
    if unrecorded:
        head = cards.heading(_("还没有人遇见"), _("你会是第一个吗？"))
        names = Markup("").join(_name(taxon) for taxon in unrecorded)
        cards.show(head, Markup('<div class="s-names">{}</div>').format(names))


def tree(group: Group) -> None:
    """A group by class, order and family; a filled mark for what was found, a ring for the rest."""
    tallies, taxa = found_taxa(), of_group(all_taxa(), group)
    _head(group, taxa, tallies, "tree")
    key = Markup('<p class="g-sub s-key"><i class="s-dot on"></i>{}<i class="s-dot"></i>{}</p>')
    root = tree_of(taxa, tallies)
    branches = [_branch(branch, tallies, depth=0) for branch in root.branches.values()]
    whole = Markup('<div class="g-card s-tree">{}</div>').format(Markup("").join(branches))
    cards.show(key.format(_("遇见过"), _("还没有")), whole)


def _head(group: Group, taxa: Sequence[Taxon], tallies: Mapping[UUID, Tally], way: str) -> None:
    note = _("遇见 {found} / {all} 种").format(found=found_of(taxa, tallies), all=len(taxa))
    ways = [
        ("cards", _("看卡片"), f"/species?group={group}"),
        ("tree", _("看分类树"), f"/species?group={group}&by=tree"),
    ]
    links = [_way(words, href, is_here=name == way) for name, words, href in ways]
    back = Markup('<p><a href="/species">{}</a></p>').format(_("所有类群"))
    _style()
    cards.show(
        back,
        cards.title(_(group.word), note),
        Markup('<nav class="g-row s-ways" aria-label="{}">{}</nav>').format(
            _("怎么看"), Markup("").join(links)
        ),
    )


def _way(words: str, href: str, is_here: bool) -> Markup:
    here = Markup(' aria-current="page"') if is_here else ""
    return Markup('<a class="g-btn quiet" href="{}"{}>{}</a>').format(href, here, words)


def _species_card(taxon: Taxon, tallies: Mapping[UUID, Tally]) -> Markup:
    records = _("{count} 条记录").format(count=f"{tallies[taxon.taxon_id].records:,}")
    kind = _(PROTECTION_WORDS[taxon.national_protection]) if taxon.national_protection else ""
    return cards.sighting(
        taxon.name(language()),
        taxon.scientific_name,
        (records, kind),
        source=picture_of(taxon),
        group=str(taxon.group),
        href=species_link(taxon),
        mark=cards.drawn_mark(),
    )


def _name(taxon: Taxon) -> Markup:
    return Markup('<a href="{}">{}</a>').format(species_link(taxon), taxon.name(language()))


def _branch(branch: Branch, tallies: Collection[UUID], depth: int) -> Markup:
    whole = (
        '<details{}><summary><span class="g-grow" lang="la">{}</span>'
        '<span class="g-sub g-num">{} / {}</span></summary>{}</details>'
    )
    inside = [_branch(below, tallies, depth + 1) for below in branch.branches.values()]
    if branch.taxa:
        leaves = Markup("").join(_leaf(taxon, taxon.taxon_id in tallies) for taxon in branch.taxa)
        inside.append(Markup("<ul>{}</ul>").format(leaves))
    opened = Markup(" open") if depth == 0 else ""
    return Markup(whole).format(
        opened, branch.name, branch.recorded, branch.species, Markup("").join(inside)
    )


def _leaf(taxon: Taxon, is_found: bool) -> Markup:
    mark = '<i class="s-dot {}" role="img" aria-label="{}"></i>'
    dot = Markup(mark).format("on" if is_found else "", _("遇见过") if is_found else _("还没有"))
    return Markup("<li>{}{} {}</li>").format(dot, _name(taxon), cards.latin(taxon.scientific_name))


def _show_more() -> None:
    st.session_state[SHOWN] = st.session_state.get(SHOWN, STEP) + STEP


def _style() -> None:
    st.html(ASSETS / "species" / "species.css")
