"""The nine groups, and the page of one species, as markup."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from markupsafe import Markup

from observations.base.clock import day_of
from observations.map.spots import Cell, known_place
from observations.map.taxon_summary import SeenAt, Tally, TaxonSummary
from observations.occurrences.occurrence import PublicOccurrence
from observations.places.districts import DISTRICTS
from observations.places.grid import is_withheld
from observations.taxa.taxon import INVASIVE_WORD, PROTECTION_WORDS, SENSITIVE_WORDS, Group, Taxon
from pages.parts import cards
from pages.parts.dates import day_words, month_name, written
from pages.parts.map.cards import sighting_card
from pages.parts.runtime import known_now
from pages.parts.taxa.checklist import all_taxa, found_taxa
from pages.parts.taxa.species_link import picture_of
from pages.parts.wording import _, language


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
    return cards.together(back, drawn, cards.title(taxon.name(language())), line)


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
    line = " › ".join(filter(None, ranks))
    pairs: list[tuple[cards.Text, cards.Text]] = [
        (_("类群"), _(taxon.group.word)),
        (_("分类地位"), Markup('<span lang="la">{}</span>').format(line)),
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


def groups() -> Markup:
    """The nine groups, each with how many of its species have been found."""
    tallies, taxa = found_taxa(), all_taxa()
    note = _("名录里 {all} 种，已经有人遇见 {found} 种。").format(
        all=f"{len(taxa):,}", found=f"{found_of(taxa, tallies):,}"
    )
    tiles = [_group_tile(group, of_group(taxa, group), tallies) for group in Group]
    source = _("名录是在杭州常能遇见的物种，不是全部；全市调查记录到的更多。")
    return cards.together(
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


def _group_tile(group: Group, taxa: Sequence[Taxon], tallies: Mapping[UUID, Tally]) -> Markup:
    drawing = cards.drawing(f"group-{group.replace(' ', '-')}")
    number = found_of(taxa, tallies)
    count = _("{found} / {all} 种").format(found=number, all=len(taxa))
    whole = (
        '<a class="g-sight s-group" href="/species?group={}"><figure>{}</figure><div><b>{}</b>'
        '<p class="g-sub g-num">{}</p>{}</div></a>'
    )
    bar = cards.bar(number / len(taxa) if taxa else 0)
    return Markup(whole).format(group, cards.picture(drawing, ""), _(group.word), count, bar)


def of_group(taxa: Sequence[Taxon], group: Group) -> list[Taxon]:
    """Those of a group, in their order."""
    return [taxon for taxon in taxa if taxon.group is group]


def found_of(taxa: Sequence[Taxon], tallies: Collection[UUID]) -> int:
    """How many of them have been met."""
    return sum(taxon.taxon_id in tallies for taxon in taxa)
