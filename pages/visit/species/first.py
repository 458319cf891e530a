"""The nine groups, and the page of one species, as markup."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from markupsafe import Markup

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.map.exploring import Filters
from observations.map.spots import Cell, known_place
from observations.map.taxon_summary import SeenAt, Tally, TaxonSummary, summary_of
from observations.occurrences.occurrence import PublicOccurrence
from observations.places.districts import DISTRICTS
from observations.places.grid import is_withheld
from observations.taxa.leaves import species_count
from observations.taxa.rank_names import chinese_rank
from observations.taxa.taxon import (
    INVASIVE_WORD,
    PROTECTION_WORDS,
    SENSITIVE_WORDS,
    Group,
    Taxon,
    group_of,
)
from pages.parts import cards, ways
from pages.parts.dates import day_words, month_name, written
from pages.parts.first_screen import Query, Screen, block, columns, stack
from pages.parts.map.cards import sighting_card
from pages.parts.runtime import known_now, store
from pages.parts.taxa.checklist import all_taxa, found_taxa
from pages.parts.taxa.species_link import picture_of, species_link
from pages.parts.wording import _, language
from pages.visit.species.matches import matches, search_field

STYLE = "species/species.css"
STEP, RECENT = 60, 8
ANYWHERE = "all"


def screen(query: Query) -> Screen:
    """A species, the cards of a group, or all groups, by the address."""
    taxon, group = taxon_of(query), group_of(query.get("group"))
    if taxon:
        return _one(taxon)
    if group and query.get("by") != "tree":
        recorded, unrecorded = by_records(group)
        head = head_of_group(group, "cards")
        newest = recent(group, query.get("district", ANYWHERE))
        parts = stack(head, newest, species_cards(recorded[:STEP]))
        rest = without_records(unrecorded) if unrecorded else ""
        return Screen(stack(parts, rest), _(group.word), STYLE)
    typed = query.get("q", "").strip()
    answer = block(matches(typed)) if typed else ""
    return Screen(stack(heading(), search_field(typed), answer, block(groups())), style=STYLE)


def taxon_of(query: Query) -> Taxon | None:
    """The species that `?taxon=` names."""
    try:
        return store().taxa.taxon(parse_id(query.get("taxon"), "taxon"))
    except Refused:
        return None


def _one(taxon: Taxon) -> Screen:
    summary = summary_of(store(), taxon, day_of(known_now()))
    latest = photos(summary.photos) if summary.photos else ""
    whole = stack(
        columns([head(taxon, summary), facts(taxon, summary)], records(taxon, summary)),
        latest,
    )
    count = f"{summary.tally.records:,}" if summary.tally else "0"
    parts = (taxon.scientific_name, _(taxon.group.word), _("{count} 条记录").format(count=count))
    line = " · ".join(part for part in parts if part)
    name, picture = taxon.name(language()), picture_of(taxon)
    return Screen(whole, name, STYLE, description=line, picture=picture)


def records(taxon: Taxon, summary: TaxonSummary) -> list[Markup]:
    """Where and when it was met; that it was not yet, where no record is public."""
    if not summary.tally:
        return [not_found(taxon)]
    parts = [where(taxon), this_week(taxon, summary.this_week), season(summary), districts(summary)]
    return [part for part in parts if part]


def head(taxon: Taxon, summary: TaxonSummary) -> Markup:
    """The way back, the drawing, the name and what protects it."""
    drawn = Markup('<figure class="g-card s-portrait">{}{}{}</figure>').format(
        cards.picture(picture_of(taxon), taxon.name(language()), str(taxon.group)),
        cards.drawn_mark(),
        cards.seal("verified") if summary.tally else "",
    )
    back = Markup('<p><a href="/species?group={}">{}</a></p>').format(
        taxon.group, _("{group}的全部物种").format(group=_(taxon.group.word))
    )
    mark = cards.demo_mark() if summary.is_demo else ""
    line = Markup('<p class="g-row g-wrap">{}{}{}</p>').format(
        cards.latin(taxon.scientific_name), Markup("").join(_badges(taxon)), mark
    )
    name = taxon.name(language())
    share = ways.share(species_link(taxon), name, taxon.scientific_name)
    seen_too = cards.button(_("我也见过"), f"/record?taxon={taxon.taxon_id}")
    return cards.together(back, drawn, cards.title(name), line, ways.row(seen_too, share))


def _badges(taxon: Taxon) -> list[Markup]:
    badges = []
    if taxon.national_protection:
        badges.append(cards.badge(_(PROTECTION_WORDS[taxon.national_protection]), "ok", "shield"))
    if taxon.is_invasive:
        badges.append(cards.badge(_(INVASIVE_WORD), "warn", "warn"))
    return badges


def facts(taxon: Taxon, summary: TaxonSummary) -> Markup:
    """Group, classification, names, how many records and since when, how its places are kept."""
    ranks = (taxon.taxon_class, taxon.taxon_order, taxon.family)
    line = Markup(" › ").join(rank(name) for name in ranks if name)
    pairs: list[tuple[cards.Text, cards.Text]] = [
        (_("类群"), _(taxon.group.word)),
        (_("分类地位"), line),
    ]
    if taxon.english_name and language() == "zh":
        pairs.append((_("英文名"), taxon.english_name))
    if taxon.vernacular_name and language() == "en":
        pairs.append((_("中文名"), taxon.vernacular_name))
    if summary.tally:
        first, last = (
            written(day, _("y 年 M 月"))
            for day in (summary.tally.first_day, summary.tally.last_day)
        )
        pairs.append((_("公开记录"), _("共 {count} 条").format(count=f"{summary.tally.records:,}")))
        pairs.append((_("最早和最近"), f"{first} – {last}"))
    if summary.surveyed:
        words = _("共 {count} 条").format(count=f"{summary.surveyed.records:,}")
        link = Markup('<a href="/map?layer=survey&amp;taxon={}">{}</a>')
        pairs.append((_("调查记录"), link.format(taxon.taxon_id, words)))
    if taxon.is_sensitive:
        pairs.append((_("地点"), _place_words(taxon)))
    return cards.facts(pairs)


def rank(latin: str) -> Markup:
    """A class, order or family: in Chinese by both its names, where it has a Chinese one."""
    chinese = chinese_rank(latin) if language() == "zh" else ""
    shown = Markup('<span lang="la">{}</span>').format(latin)
    return Markup("{} {}").format(chinese, shown) if chinese else shown


def _place_words(taxon: Taxon) -> str:
    """How its places are kept, and why."""
    why = _(SENSITIVE_WORDS[taxon.sensitive_reason]) if taxon.sensitive_reason else ""
    if is_withheld(taxon.sensitive_category):
        return _("不公开：{why}").format(why=why)
    return _("只公开大致位置和月份：{why}").format(why=why)


def where(taxon: Taxon) -> Markup:
    """The city with its records, which leads to the map."""
    alt = _("杭州地图：{name}的公开记录在哪里。").format(name=taxon.name(language()))
    whole = (
        '<a class="s-map" href="/map?taxon={id}"><img src="/tiles/city.svg?taxon_id={id}" '
        'alt="{alt}" width="640" height="420"><span>{words}{arrow}</span></a>'
    )
    picture = Markup(whole).format(
        id=taxon.taxon_id, alt=alt, words=_("在地图上细看"), arrow=cards.icon("next")
    )
    return cards.together(cards.heading(_("在哪里")), picture)


def this_week(taxon: Taxon, places: Sequence[SeenAt]) -> Markup:
    """Where it was met about this day of any year; nothing of what must not be looked for."""
    head = cards.heading(_("本周在杭州哪里能看到"))
    if taxon.is_sensitive:
        words = _("它需要保护，这里不说去哪里找。遇见了，记下来就好：别人只看到大致位置。")
        return cards.together(head, cards.note(words, tag="p"))
    if not places:
        words = _("往年这时候还没有公开的记录。也许正等着你去遇见。")
        return cards.together(head, Markup("<p>{}</p>").format(words))
    today = day_of(known_now())
    rows = [("pin", _seen_at(place, day_words(place.last_day, today))) for place in places]
    source = Markup('<p class="g-src">{}</p>').format(
        _("按各年这时候前后 10 天里的公开记录，不含要保护的物种。去过不等于一定能再看到。")
    )
    return cards.together(head, cards.bullets(rows), source)


def _seen_at(place: SeenAt, last: str) -> Markup:
    named_place = known_place(Cell(place.cell))
    district = DISTRICTS.get(place.district or "")
    where = district.name(language()) if district else _("杭州全城")
    if named_place:
        where = _("{place}一带").format(place=named_place.name(language()))
    line = _("{count} 条记录，最近 {day}").format(count=place.records, day=last)
    whole = '<a href="/map?spot={}">{}</a><br><span class="g-sub">{}</span>'
    return Markup(whole).format(place.cell, where, line)


def season(summary: TaxonSummary) -> Markup:
    """Twelve bars; the numbers stand in them for everyone."""
    most = max(summary.by_month) or 1
    bar = '<li><b class="g-num">{}</b><i style="height:{}%"></i><span>{}</span></li>'
    bars = [
        Markup(bar).format(count or "", round(count / most * 100), month_name(month))
        for month, count in enumerate(summary.by_month, 1)
    ]
    head = cards.heading(_("几月能遇见"), _("各年公开记录的条数"))
    rows = Markup('<ol class="s-season">{}</ol>').format(Markup("").join(bars))
    return cards.together(head, rows)


def districts(summary: TaxonSummary) -> Markup:
    """The districts where it was met; nothing where none is known."""
    names = [
        cards.chip(f"{DISTRICTS[tally.district].name(language())} {tally.records:,}", "pin")
        for tally in summary.districts
        if tally.district in DISTRICTS
    ]
    if not names:
        return cards.NOTHING
    chips = Markup('<div class="g-chips">{}</div>').format(Markup("").join(names))
    return cards.together(cards.heading(_("在这些区县遇见过")), chips)


def photos(records: Sequence[PublicOccurrence]) -> Markup:
    """The latest public photos."""
    today = day_of(known_now())
    row = [sighting_card(record, today) for record in records]
    return cards.together(cards.heading(_("大家拍到的")), cards.rail(_("大家拍到的"), row))


def not_found(taxon: Taxon) -> Markup:
    """That no record of it is public: kept back, or none yet."""
    if is_withheld(taxon.sensitive_category):
        text = _("野外只剩很少，它的记录一条也不公开。遇见了请照样记下来，只有工作人员看得到。")
        return cards.empty("shield", _("它的记录不公开"), text)
    text = _("遇见了就拍下来，核实以后，这一页会从你的记录开始。")
    call = cards.button(_("记下第一次遇见"), "/record")
    return cards.empty("footprint", _("还没有公开的记录"), text, call)


def heading() -> Markup:
    """The page's name, with how many species have been found."""
    tallies, taxa = found_taxa(), all_taxa()
    note = _("名录里 {all} 种，已经有人遇见 {found} 种。").format(
        all=f"{species_count(taxa):,}", found=f"{found_of(taxa, tallies):,}"
    )
    return cards.title(_("物种"), note)


def groups() -> Markup:
    """The nine groups, each with how many of its species have been found."""
    tallies, taxa = found_taxa(), all_taxa()
    tiles = [_group_tile(group, of_group(taxa, group), tallies) for group in Group]
    source = _("名录是在杭州常能遇见的物种，不是全部；全市调查记录到的更多。")
    return cards.together(
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


def _group_tile(group: Group, taxa: Sequence[Taxon], tallies: Mapping[UUID, Tally]) -> Markup:
    drawing = cards.drawing(f"group-{group.replace(' ', '-')}")
    number, all_of_it = found_of(taxa, tallies), species_count(taxa)
    count = _("{found} / {all} 种").format(found=number, all=all_of_it)
    whole = (
        '<a class="g-sight s-group" href="/species?group={}"><figure>{}</figure><div><b>{}</b>'
        '<p class="g-sub g-num">{}</p>{}</div></a>'
    )
    bar = cards.bar(number / all_of_it if all_of_it else 0)
    return Markup(whole).format(group, cards.picture(drawing, ""), _(group.word), count, bar)


def by_records(group: Group) -> tuple[list[Taxon], list[Taxon]]:
    """The species of a group: those with records, the most often recorded first; the others."""
    tallies, taxa = found_taxa(), of_group(all_taxa(), group)
    recorded = [taxon for taxon in taxa if taxon.taxon_id in tallies]
    recorded.sort(key=lambda taxon: -tallies[taxon.taxon_id].records)
    return recorded, [taxon for taxon in taxa if taxon.taxon_id not in tallies]


def head_of_group(group: Group, way: str) -> Markup:
    """The way back, the group's name with its counts, and the two ways to look at it."""
    tallies, taxa = found_taxa(), of_group(all_taxa(), group)
    number, all_of_it = found_of(taxa, tallies), species_count(taxa)
    note = _("遇见 {found} / {all} 种").format(found=number, all=all_of_it)
    ways = [
        ("cards", _("看卡片"), f"/species?group={group}"),
        ("tree", _("看分类树"), f"/species?group={group}&by=tree"),
    ]
    links = [_way(words, href, is_here=name == way) for name, words, href in ways]
    back = Markup('<p><a href="/species">{}</a></p>').format(_("所有类群"))
    switch = Markup('<nav class="g-row s-ways" aria-label="{}">{}</nav>').format(
        _("怎么看"), Markup("").join(links)
    )
    return cards.together(back, cards.title(_(group.word), note), switch)


def recent(group: Group, chosen: str) -> Markup:
    """The latest public records of a group in a district (any other word: in the whole city)."""
    code = chosen if chosen in DISTRICTS else None
    records = store().map.listed(Filters(group_code=group, district=code), RECENT)
    here = _("杭州全城") if code is None else DISTRICTS[code].name(language())
    codes = sorted(DISTRICTS, key=lambda one: one != code)  # the chosen one is in sight
    names = {ANYWHERE: _("全城")} | {one: DISTRICTS[one].name(language()) for one in codes}
    links = [
        _way(name, f"/species?group={group}&district={one}", is_here=one == (code or ANYWHERE))
        for one, name in names.items()
    ]
    where = Markup('<nav class="g-rail s-where" aria-label="{}">{}</nav>')
    districts = where.format(_("哪个区"), Markup("").join(links))
    today = day_of(known_now())
    rail = cards.rail(_("新近的记录"), [sighting_card(record, today) for record in records])
    if not records:
        rail = Markup("<p>{}</p>").format(_("这里还没有公开的记录。也许正等着你去遇见。"))
    on_map = f"/map?group={group}" + (f"&district={code}" if code else "")
    more = Markup('<p><a href="{}">{}</a></p>').format(on_map, _("在地图上看"))
    head = cards.heading(_("新近的记录"), here)
    return cards.together(head, districts, rail, more, cards.heading(_("有记录的物种")))


def species_cards(taxa: Sequence[Taxon]) -> Markup:
    """These species as cards; nothing where there are none."""
    tallies = found_taxa()
    shown = [_species_card(taxon, tallies) for taxon in taxa if taxon.taxon_id in tallies]
    return cards.grid(shown) if shown else cards.NOTHING


def without_records(taxa: Sequence[Taxon]) -> Markup:
    """The names of species that nobody has met."""
    names = Markup("").join(name(taxon) for taxon in taxa)
    head = cards.heading(_("还没有人遇见"), _("你会是第一个吗？"))
    return cards.together(head, Markup('<div class="s-names">{}</div>').format(names))


def name(taxon: Taxon) -> Markup:
    """A species' name, which leads to its page."""
    return Markup('<a href="{}">{}</a>').format(species_link(taxon), taxon.name(language()))


def _way(words: str, href: str, is_here: bool) -> Markup:
    here = Markup(' aria-current="page"') if is_here else ""
    return Markup('<a class="g-btn quiet" href="{}"{}>{}</a>').format(href, here, words)


def _species_card(taxon: Taxon, tallies: Mapping[UUID, Tally]) -> Markup:
    count = _("{count} 条记录").format(count=f"{tallies[taxon.taxon_id].records:,}")
    kind = _(PROTECTION_WORDS[taxon.national_protection]) if taxon.national_protection else ""
    return cards.sighting(
        taxon.name(language()),
        taxon.scientific_name,
        (count, kind),
        source=picture_of(taxon),
        group=str(taxon.group),
        href=species_link(taxon),
        mark=cards.drawn_mark(),
    )


def of_group(taxa: Sequence[Taxon], group: Group) -> list[Taxon]:
    """Those of a group, in their order."""
    return [taxon for taxon in taxa if taxon.group is group]


def found_of(taxa: Sequence[Taxon], tallies: Collection[UUID]) -> int:
    """How many species of them have been met."""
    return species_count(taxon for taxon in taxa if taxon.taxon_id in tallies)
