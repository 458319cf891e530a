"""Places to visit: the list by kind, and one place with the species met around it."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from observations.map.around import around
from observations.places.districts import DISTRICTS
from observations.places.sites import KIND_NAMES, Site, SiteKind
from observations.taxa.taxon import Taxon
from pages.parts import cards
from pages.parts.assets import ASSETS
from pages.parts.runtime import store
from pages.parts.small_map import Spot, small_map
from pages.parts.taxa.checklist import all_taxa
from pages.parts.taxa.species_list import picture_of, species_link
from pages.parts.wording import _, language

ICONS = {
    SiteKind.STATION: "flag",
    SiteKind.EXPERIENCE: "knowledge",
    SiteKind.FACILITY: "recycle",
    SiteKind.NATURE: "tree",
}
MOST = 60


def everything(sites: Sequence[Site]) -> None:
    """Every place, by kind."""
    _style()
    note = _("观察站点、体验地、向公众开放的环保设施，和自然好去处。")
    cards.show(cards.title(_("去哪里看"), note))
    if not sites:
        text = _("工作人员还没有列出地点。地图上哪里有人记录，哪里就值得去。")
        call = cards.button(_("去看地图"), "/map")
        cards.show(cards.empty("pin", _("还没有地点"), text, call))
    for kind in SiteKind:
        there = [site for site in sites if site.kind is kind]
        if there:
            lines = Markup("").join(_line(site) for site in there)
            cards.show(
                cards.heading(_(KIND_NAMES[kind])),
                Markup('<div class="s-lines">{}</div>').format(lines),
            )


def one(site: Site) -> None:
    """One place: where, when it is open, who was met there."""
    _style()
    district = DISTRICTS[site.district].name(language())
    back = Markup('<p><a href="/places">{}</a></p>').format(_("所有地点"))
    badge = cards.badge(_(KIND_NAMES[site.kind]), "", ICONS[site.kind])
    left, right = st.columns([1, 1], gap="medium")
    with left:
        head = cards.title(site.name(language()), district)
        cards.show(back, head, Markup("<p>{}</p>").format(badge), *_about(site), _facts(site))
        spot = Spot(site.latitude, site.longitude, site.uncertainty_m, is_rough=True)
        small_map(spot, site.name(language()), f"site_{site.code}")
    with right:
        _species(site)


def _about(site: Site) -> list[Markup]:
    words = site.about(language())
    return [Markup("<p>{}</p>").format(words)] if words else []


def _facts(site: Site) -> Markup:
    known = [(_("地址"), site.address), (_("开放"), site.opening), (_("来源"), site.source)]
    return cards.facts([(name, value) for name, value in known if value])


def _species(site: Site) -> None:
    found = around(store(), site.latitude, site.longitude, site.uncertainty_m)
    taxa = {taxon.taxon_id: taxon for taxon in all_taxa()}
    rows = [
        _met(taxa[tally.taxon_id], tally.records)
        for tally in found.tallies[:MOST]
        if tally.taxon_id in taxa
    ]
    kilometres = f"{found.reach_m / 1000:g}"
    note = _("四周 {reach} 公里的公开记录").format(reach=kilometres)
    cards.show(cards.heading(_("在这里遇见过 {count} 种").format(count=len(found.tallies)), note))
    if rows:
        cards.show(Markup('<div class="s-lines">{}</div>').format(Markup("").join(rows)))
        return
    text = _("下次去的时候，拍下你遇见的第一种。")
    call = cards.button(_("记下第一次遇见"), "/record")
    cards.show(cards.empty("footprint", _("这里还没有公开的记录"), text, call))


def _met(taxon: Taxon, records: int) -> Markup:
    whole = (
        '<a class="s-item" href="{}">{}<span class="g-grow"><b>{}</b><br>{}</span>'
        '<span class="g-sub g-num">{}</span></a>'
    )
    return Markup(whole).format(
        species_link(taxon),
        cards.picture(picture_of(taxon), "", str(taxon.group), small=True),
        taxon.name(language()),
        cards.latin(taxon.scientific_name),
        _("{count} 条记录").format(count=f"{records:,}"),
    )


def _line(site: Site) -> Markup:
    whole = (
        '<a class="s-item" href="/places?id={}"><span class="g-spot">{}</span>'
        '<span class="g-grow"><b>{}</b><br><span class="g-sub">{}</span></span>{}</a>'
    )
    district = DISTRICTS[site.district].name(language())
    return Markup(whole).format(
        site.code, cards.icon(ICONS[site.kind]), site.name(language()), district, cards.icon("next")
    )


def _style() -> None:
    st.html(ASSETS / "species" / "species.css")
