"""New species and new records as markup: the count of each publisher, a table, stories."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from statistics import median

from markupsafe import Markup

from observations.places.districts import DISTRICTS
from observations.surveys.counts import PublishedCount, published_counts
from observations.surveys.layer import placed
from observations.surveys.levels import (
    CONFIDENCE_NAMES,
    EVIDENCE_NAMES,
    LEVEL_NAMES,
    TYPE_NAMES,
    Level,
)
from observations.surveys.new_record import NewRecord
from observations.taxa.taxon import group_of
from pages.parts import cards, ways
from pages.parts.dates import written
from pages.parts.first_screen import Query, Screen, columns, stack
from pages.parts.runtime import store
from pages.parts.wording import _, language

CHINESE = Markup('<span lang="zh">{}</span>')
SURVEY_YEARS = 2019  # what is older was described long before the city's survey


STYLE = "species/species.css"


def screen(query: Query) -> Screen:
    """The new name that `?code=` names, else all of them."""
    records = store().surveys.new_records()
    current = next((record for record in records if record.code == query.get("code")), None)
    if current is None:
        days = store().cases.days_to_announcement()
        return Screen(stack(*listing(records, days)), style=STYLE)
    whole = columns([figure(current)], [story(current)])
    words = current.about(language())
    return Screen(whole, current.name, STYLE, description=words, picture=_drawing(current))


def listing(records: Sequence[NewRecord], days: Sequence[int]) -> list[Markup]:
    """The counts, then the new species, the newest first."""
    head = cards.title(_("新物种和新记录"), _("这座城市添的新名字，每一个都写明依据。"))
    parts = [cards.together(head, *_by_publisher(), *_by_level_and_year(records))]
    if days:
        words = _("在这里公布的 {count} 件，从遇见到公布的天数，中间数是 {days} 天。")
        words = words.format(count=len(days), days=round(median(days)))
        parts.append(Markup('<p class="g-src">{}</p>').format(words))
    recent = [record for record in records if record.year >= SURVEY_YEARS]
    older = [record for record in records if record.year < SURVEY_YEARS]
    for level, group in groupby(sorted(recent, key=_order), key=lambda record: record.level):
        rows = cards.grid([_card(record) for record in group])
        parts.append(cards.together(cards.heading(_(LEVEL_NAMES[level])), rows))
    if older:
        note = _("更早发表的名字，例如以天目山得名的蜘蛛。")
        line = Markup("<p>{}</p>").format(note)
        parts.append(cards.together(cards.heading(_("更早从杭州来的名字")), line))
        parts.append(cards.grid([_card(record) for record in older]))
    return parts


def figure(record: NewRecord) -> Markup:
    """The link back, and the picture."""
    back = Markup('<p><a href="/discoveries">{}</a></p>').format(_("全部新物种和新记录"))
    figure = Markup('<figure class="g-card s-portrait">{}{}{}</figure>').format(
        _picture(record), cards.drawn_mark(), cards.seal("new")
    )
    return cards.together(back, figure)


def story(record: NewRecord) -> Markup:
    """The event, the place, and the evidence."""
    badge = cards.badge(_(LEVEL_NAMES[record.level]), "new", cards.group_icon(record.group))
    name = cards.title(_name(record))
    line = Markup('<p class="g-row g-wrap">{}{}</p>').format(badge, _full_name(record))
    about = Markup('<p class="s-story">{}</p>').format(record.about(language()))
    source = Markup('<p class="g-src">{}</p>').format(
        _("来源：{source}").format(source=record.source)
    )
    link = cards.button(_("在地图上看"), f"/map?layer=new&spot={record.code}", quiet=True)
    is_drawn = bool(placed([record]))
    share = ways.share(f"/discoveries?code={record.code}", _name(record), record.about(language()))
    leads = ways.row(*([link] if is_drawn else []), share)
    return cards.together(name, line, about, cards.facts(_facts(record)), source, leads)


def _facts(record: NewRecord) -> list[tuple[cards.Text, cards.Text]]:
    group, district = group_of(record.group), DISTRICTS.get(record.district)
    names = (record.locality(language()), district.name(language()) if district else "")
    where = " · ".join(name for name in names if name)
    pairs: list[tuple[cards.Text, cards.Text]] = [
        (_("年份"), str(record.year)),
        (_("类群"), _(group.word) if group else ""),
        (_("地点"), where or _("没有公开")),
        (_("模式标本"), _(TYPE_NAMES[record.type_origin])),
        (
            _("依据"),
            f"{_(EVIDENCE_NAMES[record.evidence])} · {_(CONFIDENCE_NAMES[record.confidence])}",
        ),
    ]
    if record.finder:
        pairs.insert(0, (_("发现的人"), record.finder))
    return pairs


def _by_publisher() -> list[Markup]:
    """Each count with its own source; they are of different things and are never added."""
    rows = Markup("").join(_published(count) for count in published_counts())
    note = _("各家统计的时间和范围不同，放在一起看，不相加。")
    return [
        cards.heading(_("各家公布的数")),
        Markup('<div class="s-counts">{}</div>').format(rows),
        Markup('<p class="g-src">{}</p>').format(note),
    ]


def _published(count: PublishedCount) -> Markup:
    scope = DISTRICTS.get(count.scope)
    where = scope.name(language()) if scope else _("杭州全市")
    day = written(count.published_on, _("y 年 M 月 d 日")) if count.published_on else ""
    whole = '<div class="g-card"><p class="s-number g-num">{}<small>{}</small></p><p>{}</p>{}</div>'
    line = Markup(" · ").join(part for part in (CHINESE.format(count.source), day) if part)
    words = f"{where} · {_(LEVEL_NAMES[count.level])}"
    return Markup(whole).format(count.number, _("种"), words, cards.sub(line))


def _by_level_and_year(records: Sequence[NewRecord]) -> list[Markup]:
    """How many of the list below, by level and year: what has a source, not the official count."""
    recent = [record for record in records if record.year >= SURVEY_YEARS]
    counts = Counter((record.level, record.year) for record in recent)
    years = sorted({record.year for record in recent}, reverse=True)
    levels = [level for level in Level if any(counts[level, year] for year in years)]
    cell = '<td class="g-num">{}</td>'
    row = '<tr><th scope="row">{}</th>{}</tr>'
    rows = [
        Markup(row).format(
            _(LEVEL_NAMES[level]),
            Markup("").join(Markup(cell).format(counts[level, year] or "–") for year in years),
        )
        for level in levels
    ]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(year) for year in years)
    table = (
        '<div class="g-card"><table class="g-board s-years"><thead><tr><th scope="col">{}</th>{}'
        "</tr></thead><tbody>{}</tbody></table></div>"
    )
    note = _("数的是下面有来源的名字，年份是发表或公布的那一年；和各家公布的数不是一回事。")
    return [
        cards.heading(_("这里有来源的名字")),
        Markup(table).format(_("新在哪里"), head, Markup("").join(rows)),
        Markup('<p class="g-src">{}</p>').format(note),
    ]


def _card(record: NewRecord) -> Markup:
    district = DISTRICTS.get(record.district)
    facts = (str(record.year), district.name(language()) if district else "")
    whole = (
        '<a class="g-sight" href="/discoveries?code={}"><figure>{}{}</figure><div><b>{}</b><br>{}'
        "{}</div></a>"
    )
    return Markup(whole).format(
        record.code,
        _picture(record),
        cards.drawn_mark(),
        _name(record) if record.scientific_name else CHINESE.format(_name(record)),
        cards.latin(record.scientific_name),
        cards.sub(" · ".join(fact for fact in facts if fact)),
    )


def _name(record: NewRecord) -> str:
    """The name in the visitor's language; the Latin one where there is none."""
    if language() == "en":
        return record.scientific_name or record.vernacular_name
    return record.name


def _full_name(record: NewRecord) -> Markup:
    return Markup("<span>{} {}</span>").format(
        cards.latin(record.scientific_name), record.authorship
    )


def _picture(record: NewRecord) -> Markup:
    name = _name(record) if record.scientific_name else ""  # it stands beside, said in Chinese
    return cards.picture(_drawing(record), name, record.group)


def _drawing(record: NewRecord) -> str:
    """The address of its drawing, else of its group's."""
    name = record.picture.removesuffix(".webp") or f"group-{record.group.replace(' ', '-')}"
    return cards.drawing(name)


def _order(record: NewRecord) -> tuple[int, int]:
    return list(Level).index(record.level), -record.year
