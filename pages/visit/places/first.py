"""Places to visit as markup: the list by kind, and the description of one place."""

from collections.abc import Sequence

from markupsafe import Markup

from observations.map.around import Around
from observations.places.districts import DISTRICTS
from observations.places.sites import KIND_NAMES, Site, SiteKind
from observations.taxa.taxon import Taxon
from pages.parts import cards
from pages.parts.taxa.checklist import all_taxa
from pages.parts.taxa.species_link import picture_of, species_link
from pages.parts.wording import _, language

ICONS = {
    SiteKind.STATION: "flag",
    SiteKind.EXPERIENCE: "knowledge",
    SiteKind.FACILITY: "recycle",
    SiteKind.NATURE: "tree",
}


MOST = 60


def listing(sites: Sequence[Site]) -> list[Markup]:
    """Every place, by kind."""
    note = _("观察站点、体验地、向公众开放的环保设施，和自然好去处。")
    parts = [cards.title(_("去哪里看"), note)]
    if not sites:
        text = _("工作人员还没有列出地点。地图上哪里有人记录，哪里就值得去。")
        call = cards.button(_("去看地图"), "/map")
        parts.append(cards.empty("pin", _("还没有地点"), text, call))
    for kind in SiteKind:
        there = [site for site in sites if site.kind is kind]
        if there:
            lines = Markup("").join(_line(site) for site in there)
            head = cards.heading(_(KIND_NAMES[kind]))
            rows = Markup('<div class="s-lines">{}</div>').format(lines)
            parts.append(cards.together(head, rows))
    return parts


def about(site: Site) -> list[Markup]:
    """The staff's description of the place; empty where there is none."""
    words = site.about(language())
    return [Markup("<p>{}</p>").format(words)] if words else []


def facts(site: Site) -> Markup:
    """Address, opening hours, source."""
    pairs = [(_("地址"), site.address), (_("开放"), site.opening), (_("来源"), site.source)]
    return cards.facts([(name, value) for name, value in pairs if value])


def species(around: Around) -> list[Markup]:
    """The species met around it, the most often met first."""
    taxa = {taxon.taxon_id: taxon for taxon in all_taxa()}
    rows = [
        _met(taxa[tally.taxon_id], tally.records)
        for tally in around.tallies[:MOST]
        if tally.taxon_id in taxa
    ]
    kilometres = f"{around.reach_m / 1000:g}"
    note = _("四周 {reach} 公里的公开记录").format(reach=kilometres)
    head = cards.heading(_("在这里遇见过 {count} 种").format(count=len(around.tallies)), note)
    if rows:
        return [head, Markup('<div class="s-lines">{}</div>').format(Markup("").join(rows))]
    text = _("下次去的时候，拍下你遇见的第一种。")
    call = cards.button(_("记下第一次遇见"), "/record")
    return [head, cards.empty("footprint", _("这里还没有公开的记录"), text, call)]


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
