"""Places to visit as markup: the list by kind, and the description of one place."""

from collections.abc import Sequence

from markupsafe import Markup

from observations.map.around import Around, around
from observations.places.districts import DISTRICTS
from observations.places.sites import KIND_NAMES, Site, SiteKind
from observations.taxa.leaves import species_count
from observations.taxa.taxon import Taxon
from pages.parts import cards, ways
from pages.parts.first_screen import Query, Screen, columns, stack
from pages.parts.runtime import store
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
STYLE = "species/species.css"


def screen(query: Query) -> Screen:
    """The place that `?id=` names, else every place by kind."""
    sites = store().sites.all_sites()
    current = next((site for site in sites if site.code == query.get("id")), None)
    if current is None:
        return Screen(stack(*listing(sites)), style=STYLE)
    met = around(store(), current.latitude, current.longitude, current.uncertainty_m)
    whole = columns([head(current)], species(met))
    words = current.about(language()) or DISTRICTS[current.district].name(language())
    return Screen(whole, current.name(language()), STYLE, description=words)


def head(site: Site) -> Markup:
    """The way back, its name, district and kind, what staff say of it, address and hours."""
    back = Markup('<p><a href="/places">{}</a></p>').format(_("所有地点"))
    district = DISTRICTS[site.district].name(language())
    badge = cards.badge(_(KIND_NAMES[site.kind]), "", ICONS[site.kind])
    line = Markup("<p>{}</p>").format(badge)
    name = cards.title(site.name(language()), district)
    share = ways.share(f"/places?id={site.code}", site.name(language()), district)
    near = Markup('<p class="g-sub">{}</p>').format(_far(site))
    leads = ways.row(share)
    return cards.together(
        back, name, line, near, how_far(), *about(site), facts(site), on_map(site), leads
    )


def listing(sites: Sequence[Site]) -> list[Markup]:
    """Every place, by kind."""
    note = _("观察站点、体验地、向公众开放的环保设施，和自然好去处。")
    parts = [cards.title(_("去哪里看"), note)]
    if not sites:
        text = _("工作人员还没有列出地点。地图上哪里有人记录，哪里就值得去。")
        call = cards.button(_("去看地图"), "/map")
        parts.append(cards.empty("pin", _("还没有地点"), text, call))
    else:
        parts.append(how_far())
    for kind in SiteKind:
        there = [site for site in sites if site.kind is kind]
        if there:
            lines = Markup("").join(_line(site) for site in there)
            head = cards.heading(_(KIND_NAMES[kind]))
            rows = Markup('<div class="s-lines">{}</div>').format(lines)
            parts.append(cards.together(head, rows))
    return parts


def how_far() -> Markup:
    """A button that asks the phone where it is; distances are reckoned there, nothing is sent."""
    whole = (
        '<p class="g-row g-wrap"><button class="g-btn quiet" type="button" data-far'
        ' data-waiting="{}" data-refused="{}" data-failed="{}">{}</button>'
        '<span class="g-sub g-said" role="status">{}</span></p>'
    )
    return Markup(whole).format(
        _("正在找你在哪里"),
        _("没有得到你的位置。要看多远，在浏览器的设置里允许这个网站用位置。"),
        _("这会儿定位不到。到窗边或室外再试一次。"),
        _("离我多远"),
        _("只在你的手机里算，位置不会发出去。"),
    )


def _far(site: Site) -> Markup:
    """Where a phone writes how far it is; nothing until its person asks."""
    whole = '<span class="s-far" data-at="{:.5f},{:.5f}" data-km="{}" data-m="{}"></span>'
    return Markup(whole).format(
        site.latitude, site.longitude, _("离你约 {n} 公里"), _("离你约 {n} 米")
    )


def on_map(site: Site) -> Markup:
    """Its district on the map."""
    words = _("在地图上看{district}").format(district=DISTRICTS[site.district].name(language()))
    return Markup('<p><a href="/map?district={}">{}</a></p>').format(site.district, words)


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
    met = species_count(taxa[t.taxon_id] for t in around.tallies if t.taxon_id in taxa)
    kilometres = f"{around.reach_m / 1000:g}"
    note = _("四周 {reach} 公里的公开记录").format(reach=kilometres)
    head = cards.heading(_("在这里遇见过 {count} 种").format(count=met), note)
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
        '<span class="g-grow"><b>{}</b><br><span class="g-sub">{} {}</span></span>{}</a>'
    )
    name, district = site.name(language()), DISTRICTS[site.district].name(language())
    spot, arrow = cards.icon(ICONS[site.kind]), cards.icon("next")
    return Markup(whole).format(site.code, spot, name, district, _far(site), arrow)
