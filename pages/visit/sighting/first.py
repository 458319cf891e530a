"""One record as markup: its photos, its name, where it stands, when and where it was."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.base.roles import Person
from observations.occurrences.audience import Audience, View
from observations.occurrences.audience import view as view_of
from observations.occurrences.occurrence import (
    Occurrence,
    Photograph,
    PublicOccurrence,
    receipt_number,
)
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import SENSITIVE_WORDS, Taxon
from observations.verification.decisions import Decision
from observations.verification.statuses import RELEASE_NAMES, ReleaseStatus
from pages.parts import cards, ways
from pages.parts.dates import day_words, written
from pages.parts.first_screen import Query, Screen, columns, heading_alone, keyed, stack
from pages.parts.runtime import known_now, store
from pages.parts.sighting import status, words
from pages.parts.wording import _

Pairs = list[tuple[cards.Text, cards.Text]]


def screen(query: Query) -> Screen:
    """The public side of the record that `?id=` names.

    Without one a heading alone: its observer or staff may be asking, whom the page knows.
    """
    view = asked_for(query, Person())
    if view is None or view.public is None:
        return replace(heading_alone(_("一次遇见")), is_missing=True)
    card = keyed("card_record", facts(view, known_now()))
    right = [*head(view, None), leads(view), card]
    whole = stack(back(), columns(photos(view), right, first_wider=True), ways.look_around())
    public = view.public
    return Screen(
        whole,
        words.name_of(public),
        description=_shared(public),
        picture=(not public.is_month_only and cards.photo(public.photo_sha256, "large")) or "",
    )


def _shared(public: PublicOccurrence) -> str:
    """Latin name, district and day; of a generalised record the month."""
    pattern = _("y 年 M 月") if public.is_month_only else _("y 年 M 月 d 日")
    district = words.district_name(public.district) if public.district else ""
    parts = (public.scientific_name, district, written(public.event_day, pattern))
    return " · ".join(part for part in parts if part)


def back() -> Markup:
    """The way back to the list where one was; to the map for whoever came from elsewhere."""
    return ways.back("/map", _("返回"))


def leads(view: View) -> Markup:
    """What one can do with somebody's record: meet the species too, or show it to others."""
    record, public = record_of(view), view.public
    parts: list[cards.Text] = []
    if record.taxon_id and view.audience is not Audience.OBSERVER:
        parts.append(cards.button(_("我也见过"), f"/record?taxon={record.taxon_id}"))
    if public:
        name = words.name_of(public)
        parts.append(ways.share(f"/sighting?id={public.public_id}", name, _shared(public)))
    return ways.row(*parts) if parts else cards.NOTHING


def asked_for(query: Query, person: Person) -> View | None:
    """The record that `?id=` names, as this person may see it."""
    try:
        record_id = parse_id(query.get("id"), "id")
    except Refused:
        return None
    return view_of(store(), record_id, person)


def photos(view: View) -> list[Markup]:
    """Every photo, whole, with its licence."""
    record = record_of(view)
    occurrences = store().occurrences
    read = occurrences.photographs if view.whole else occurrences.public_photographs
    shown = read(record.occurrence_id)
    name = words.name_of(record)
    if not shown:
        blank = cards.picture(None, _("没有照片"), record.group_code or "")
        return [Markup('<figure class="g-card g-shot">{}</figure>').format(blank)]
    seals = [cards.seal("verified") if _is_verified(view) else "", *[""] * len(shown)]
    return [_photo(photo, name, seal) for photo, seal in zip(shown, seals, strict=False)]


def _photo(photo: Photograph, name: str, mark: cards.Text) -> Markup:
    source = cards.photo(photo.sha256, "large")
    rights = _("保留全部权利") if photo.licence == "all rights reserved" else photo.licence
    caption = _("照片：{rights}").format(rights=rights)
    figure = '<figure class="g-card g-shot">{}{}<figcaption class="g-sub">{}</figcaption></figure>'
    return Markup(figure).format(cards.zoomable(source, name), mark, caption)


def head(view: View, latest: Decision | None) -> list[Markup]:
    """Its name and where it stands; `latest` is what was said of it last."""
    record = record_of(view)
    badge = (
        status.badge(view.whole, latest) if view.whole else cards.state(record.verification_status)
    )
    mark = cards.demo_mark() if record.is_demo else ""
    line = Markup('<p class="g-row g-wrap">{} {} {}</p>')
    title = cards.title(_name(record))
    line = line.format(cards.latin(record.scientific_name), badge, mark)
    standing = status.explained(view.whole, latest) if view.whole else status.words(record)
    return [cards.together(title, line), Markup("<p>{}</p>").format(standing)]


def _name(record: Occurrence | PublicOccurrence) -> cards.Text:
    """Its name, which leads to the species where it is known."""
    name = words.name_of(record)
    if record.taxon_id is None:
        return name
    link = Markup('<a class="g-lead" href="/species?taxon={}">{}{}</a>')
    return link.format(record.taxon_id, name, cards.icon("next"))


def not_here() -> Markup:
    """No such record, or none for this visitor: the same words for both."""
    text = _("它可能还没有公开，也可能被撤回了。别的遇见都在地图上。")
    link = cards.button(_("看看地图"), "/map", quiet=True)
    return cards.empty("search", _("没有找到这次遇见"), text, link)


def record_of(view: View) -> Occurrence | PublicOccurrence:
    """The whole record where the visitor may see it, else its public side."""
    record = view.whole or view.public
    assert record is not None  # a view shows one or the other
    return record


def _is_verified(view: View) -> bool:
    return view.public is not None and view.public.verification_status.startswith("accepted")


def facts(view: View, now: datetime) -> Markup:
    """When, where, how exactly and why, by whom, under which number."""
    record, taxon = record_of(view), _taxon(view)
    rows = _time_and_place(view, taxon, now)
    if record.individual_count:
        rows.append((_("数量"), str(record.individual_count)))
    if record.establishment_means in words.ESTABLISHMENT:
        rows.append((_("来历"), _(words.ESTABLISHMENT[record.establishment_means])))
    return cards.facts([*rows, *_people(view)])


def _time_and_place(view: View, taxon: Taxon | None, now: datetime) -> Pairs:
    rows: Pairs = []
    if view.whole:
        whole = view.whole
        rows.append((_("时间"), words.moment(whole.event_date, now, whole.is_time_known)))
        rows.append((_("地点"), words.exact_place(whole)))
        if view.public:
            rows.append((_("地图"), on_map(view.public)))
        rows.append((_("坐标"), words.coordinates(whole)))
        rows.append((_("地点怎么来的"), words.source_of_place(whole)))
    elif view.public:
        public = view.public
        day = day_words(public.event_day, day_of(now), public.is_month_only)
        rows.append((_("时间"), day))
        rows.append((_("地点"), on_map(public)))
    rows.append(
        (_("别人看到的") if view.whole else _("有多准"), seen_by_others(view.public, taxon))
    )
    return rows


def on_map(public: PublicOccurrence) -> Markup:
    """Its district, and itself where its place is exact, each as a link to the map."""
    link = Markup('<a href="/map?{}">{}</a>').format
    links = []
    if public.district in DISTRICTS:
        links.append(link(f"district={public.district}", words.district_name(public.district)))
    if public.square is None:
        links.append(link(f"spot={public.public_id}", _("在地图上看")))
    return Markup(" · ").join(links) or Markup.escape(words.district_name(public.district))


def seen_by_others(public: PublicOccurrence | None, taxon: Taxon | None) -> str:
    """How exact the public place is, and why."""
    if public is None:
        return _("现在只有记录的人和工作人员看得到")
    if public.grid is None:
        metres = words.distance(public.coordinate_uncertainty_in_meters)
        if public.square:
            return _("只知道大致在哪里，{distance}").format(distance=metres)
        return _("准确位置，{distance}").format(distance=metres)
    grid = _(words.GRIDS[public.grid])
    return _("大致位置，{grid}：{why}").format(grid=grid, why=_why_rough(taxon))


def _why_rough(taxon: Taxon | None) -> str:
    if taxon is None:
        return _("还没认到种，先放宽")
    if taxon.sensitive_reason:
        return _(SENSITIVE_WORDS[taxon.sensitive_reason])
    return _("记录的人希望这样")


def _people(view: View) -> Pairs:
    rows: Pairs = []
    if view.whole:
        if view.audience is Audience.STAFF:
            rows.append((_("记录的人"), view.whole.nickname or _("已离开")))
        release = _(RELEASE_NAMES[ReleaseStatus(view.whole.release_status)])
        rows.append((_("公开"), release))
        rows.append((_("编号"), receipt_number(view.whole.occurrence_id)))
        if view.whole.note:
            rows.append((_("留言"), view.whole.note))
    elif view.public and view.public.recorded_by:
        rows.append((_("记录的人"), view.public.recorded_by))
    return rows


def _taxon(view: View) -> Taxon | None:
    taxon_id = record_of(view).taxon_id
    return store().taxa.taxon(taxon_id) if taxon_id else None
