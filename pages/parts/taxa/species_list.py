"""Browsing the checklist: its nine groups, then a group as cards or by classification."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import streamlit as st

from observations.map.taxon_summary import Tally
from observations.taxa.taxon import PROTECTION_WORDS, Group, Taxon
from observations.taxa.tree import Branch, tree_of
from pages.parts import cards
from pages.parts.assets import ASSETS
from pages.parts.cards import Markup
from pages.parts.taxa.checklist import all_taxa, found_taxa
from pages.parts.wording import _, language

STEP = 60
SHOWN = "species_shown"


def groups() -> None:
    """The nine groups, each with how many of its species have been found."""
    found, taxa = found_taxa(), all_taxa()
    note = _("名录里 {all} 种，已经有人遇见 {found} 种。").format(
        all=f"{len(taxa):,}", found=f"{_found_of(taxa, found):,}"
    )
    tiles = [_group_tile(group, _of_group(taxa, group), found) for group in Group]
    source = _("名录是在杭州常能遇见的物种，不是全部；全市调查记录到的更多。")
    _style()
    cards.show(
        cards.title(_("物种"), note),
        Markup('<div class="s-groups">{}</div>').format(Markup("").join(tiles)),
        Markup('<p class="g-src">{}</p>').format(source),
        cards.heading(_("新物种和新记录")),
        _new_species_link(),
    )


def _new_species_link() -> Markup:
    head, text = _("这座城市添的新名字"), _("全球新物种、中国新记录：在哪里、谁发现、依据是什么。")
    return Markup('<a class="s-line" href="/discoveries">{}</a>').format(_line(head, text))


def _line(head: str, text: str) -> Markup:
    whole = (
        '<span class="g-card g-row">{}<span class="g-grow"><b>{}</b><br>'
        '<span class="g-sub">{}</span></span>{}</span>'
    )
    return Markup(whole).format(cards.seal("new"), head, text, cards.icon("next"))


def _group_tile(group: Group, taxa: Sequence[Taxon], found: Mapping[UUID, Tally]) -> Markup:
    drawing = cards.drawing(f"group-{group.replace(' ', '-')}")
    number = _found_of(taxa, found)
    count = _("{found} / {all} 种").format(found=number, all=len(taxa))
    whole = (
        '<a class="g-sight s-group" href="/species?group={}"><figure>{}</figure><div><b>{}</b>'
        '<p class="g-sub g-num">{}</p>{}</div></a>'
    )
    bar = cards.bar(number / len(taxa) if taxa else 0)
    return Markup(whole).format(group, cards.picture(drawing, ""), _(group.word), count, bar)


def cards_of(group: Group) -> None:
    """A group's species as cards: what was found first, the most often recorded in front."""
    found, taxa = found_taxa(), _of_group(all_taxa(), group)
    seen = sorted(
        (taxon for taxon in taxa if taxon.taxon_id in found),
        key=lambda taxon: -found[taxon.taxon_id].records,
    )
    unseen = [taxon for taxon in taxa if taxon.taxon_id not in found]
    _head(group, taxa, found, "cards")
    shown = st.session_state.get(SHOWN, STEP)
    if seen:
        cards.show(cards.grid([_species_card(taxon, found) for taxon in seen[:shown]]))
    if len(seen) > shown:
        words = _("再看 {count} 种").format(count=min(STEP, len(seen) - shown))
        st.button(words, key="species_more", on_click=_show_more, width="stretch")
    if unseen:
        head = cards.heading(_("还没有人遇见"), _("你会是第一个吗？"))
        names = Markup("").join(_name(taxon) for taxon in unseen)
        cards.show(head, Markup('<div class="s-names">{}</div>').format(names))


def tree(group: Group) -> None:
    """A group by class, order and family; a filled mark for what was found, a ring for the rest."""
    found, taxa = found_taxa(), _of_group(all_taxa(), group)
    _head(group, taxa, found, "tree")
    key = Markup('<p class="g-sub s-key"><i class="s-dot on"></i>{}<i class="s-dot"></i>{}</p>')
    root = tree_of(taxa, found)
    branches = [_branch(branch, found, depth=0) for branch in root.branches.values()]
    whole = Markup('<div class="g-card s-tree">{}</div>').format(Markup("").join(branches))
    cards.show(key.format(_("遇见过"), _("还没有")), whole)


def species_link(taxon: Taxon) -> str:
    """The address of a species' page."""
    return f"/species?taxon={taxon.taxon_id}"


def picture_of(taxon: Taxon) -> str:
    """The address of a drawing: the species' own, else its group's."""
    name = taxon.picture.removesuffix(".webp") or f"group-{taxon.group.replace(' ', '-')}"
    return cards.drawing(name)


def _head(group: Group, taxa: Sequence[Taxon], found: Mapping[UUID, Tally], way: str) -> None:
    note = _("遇见 {found} / {all} 种").format(found=_found_of(taxa, found), all=len(taxa))
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


def _species_card(taxon: Taxon, found: Mapping[UUID, Tally]) -> Markup:
    records = _("{count} 条记录").format(count=f"{found[taxon.taxon_id].records:,}")
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


def _branch(branch: Branch, found: Collection[UUID], depth: int) -> Markup:
    whole = (
        '<details{}><summary><span class="g-grow" lang="la">{}</span>'
        '<span class="g-sub g-num">{} / {}</span></summary>{}</details>'
    )
    inside = [_branch(below, found, depth + 1) for below in branch.branches.values()]
    if branch.taxa:
        leaves = Markup("").join(_leaf(taxon, taxon.taxon_id in found) for taxon in branch.taxa)
        inside.append(Markup("<ul>{}</ul>").format(leaves))
    opened = Markup(" open") if depth == 0 else ""
    return Markup(whole).format(
        opened, branch.name, branch.recorded, branch.species, Markup("").join(inside)
    )


def _leaf(taxon: Taxon, is_found: bool) -> Markup:
    mark = '<i class="s-dot {}" role="img" aria-label="{}"></i>'
    dot = Markup(mark).format("on" if is_found else "", _("遇见过") if is_found else _("还没有"))
    return Markup("<li>{}{} {}</li>").format(dot, _name(taxon), cards.latin(taxon.scientific_name))


def _of_group(taxa: Sequence[Taxon], group: Group) -> list[Taxon]:
    return [taxon for taxon in taxa if taxon.group is group]


def _found_of(taxa: Sequence[Taxon], found: Collection[UUID]) -> int:
    return sum(taxon.taxon_id in found for taxon in taxa)


def _show_more() -> None:
    st.session_state[SHOWN] = st.session_state.get(SHOWN, STEP) + STEP


def _style() -> None:
    st.html(ASSETS / "species" / "species.css")
