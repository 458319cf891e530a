"""The page of a record, for its three audiences: everyone, its observer, staff."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.occurrences.occurrence import (
    Occurrence,
    Photograph,
    PublicOccurrence,
    receipt_number,
)
from observations.occurrences.viewing import Audience, View
from observations.taxa.taxon import SENSITIVE_WORDS, Taxon
from observations.verification.decisions import Decision
from observations.verification.statuses import RELEASE_NAMES, ReleaseStatus
from pages.parts import cards
from pages.parts.dates import day_words
from pages.parts.runtime import store
from pages.parts.sighting import history, status, words
from pages.parts.sighting.evidence_view import checks
from pages.parts.small_map import Spot, small_map
from pages.parts.wording import _

Pairs = list[tuple[cards.Text, cards.Text]]


def photos(view: View) -> None:
    """Every photo, whole, with its licence."""
    record = _record(view)
    shown = store().occurrences.photographs(record.occurrence_id)
    name = words.name_of(record)
    if not shown:
        blank = cards.picture(None, _("没有照片"), record.group_code or "")
        cards.show(Markup('<figure class="g-card g-shot">{}</figure>').format(blank))
    for number, photo in enumerate(shown):
        _photo(photo, name, cards.seal("verified") if _is_verified(view) and not number else "")


def _photo(photo: Photograph, name: str, mark: cards.Text) -> None:
    source = cards.photo(photo.sha256, "large")
    rights = _("保留全部权利") if photo.licence == "all rights reserved" else photo.licence
    caption = _("照片：{rights}").format(rights=rights)
    figure = (
        '<figure class="g-card g-shot">'
        '<a class="g-zoom" href="{}" target="_blank" title="{}">{}</a>{}'
        '<figcaption class="g-sub">{}</figcaption></figure>'
    )
    picture = cards.picture(source, name)
    cards.show(Markup(figure).format(source, _("打开大图"), picture, mark, caption))


def head(view: View, latest: Decision | None) -> None:
    """Its name and where it stands; `latest` is what was said of it last."""
    record = _record(view)
    badge = (
        status.badge(view.whole, latest) if view.whole else cards.state(record.verification_status)
    )
    mark = cards.demo_mark() if record.is_demo else ""
    line = '<p class="g-row g-wrap">{} {} {}</p>'
    title = cards.title(words.name_of(record))
    cards.show(title, Markup(line).format(cards.latin(record.scientific_name), badge, mark))
    said = status.explained(view.whole, latest) if view.whole else status.words(record)
    cards.show(Markup("<p>{}</p>").format(said))


def facts(view: View, now: datetime) -> None:
    """When, where, how exactly and why, by whom, under which number."""
    record, taxon = _record(view), _taxon(view)
    with st.container(key="card_record", gap="small"):
        rows = _time_and_place(view, taxon, now)
        if record.individual_count:
            rows.append((_("数量"), str(record.individual_count)))
        if record.establishment_means in words.ESTABLISHMENT:
            rows.append((_("来历"), _(words.ESTABLISHMENT[record.establishment_means])))
        cards.show(cards.facts([*rows, *_people(view)]))
        small_map(_spot(view), _("它在地图上的位置"), "record_map")
        licence = _("记录：CC BY 4.0，谁都可以用，用时注明“绿迹杭州”。")
        if view.public:
            cards.show(Markup('<p class="g-src">{}</p>').format(licence))


def _time_and_place(view: View, taxon: Taxon | None, now: datetime) -> Pairs:
    rows: Pairs = []
    if view.whole:
        whole = view.whole
        rows.append((_("时间"), words.moment(whole.event_date, now, whole.is_time_known)))
        rows.append((_("地点"), words.exact_place(whole)))
        rows.append((_("坐标"), words.coordinates(whole)))
        rows.append((_("地点怎么来的"), words.source_of_place(whole)))
    elif view.public:
        public = view.public
        day = day_words(public.event_day, day_of(now), public.is_month_only)
        rows.append((_("时间"), day))
        rows.append((_("地点"), words.district_name(public.district)))
    rows.append(
        (_("别人看到的") if view.whole else _("有多准"), seen_by_others(view.public, taxon))
    )
    return rows


def seen_by_others(public: PublicOccurrence | None, taxon: Taxon | None) -> str:
    """How exact the public place is, and why."""
    if public is None:
        return _("现在只有记录的人和工作人员看得到")
    if public.grid is None:
        metres = words.distance(public.coordinate_uncertainty_in_meters)
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


def _spot(view: View) -> Spot:
    record = _record(view)
    is_rough = view.whole is None and view.public is not None and view.public.is_month_only
    return Spot(
        record.decimal_latitude,
        record.decimal_longitude,
        record.coordinate_uncertainty_in_meters,
        is_rough,
    )


def said_so_far(view: View, now: datetime) -> None:
    """The decisions explained: to the observer without names of staff, to staff with them."""
    if view.whole is None:
        return
    record_id = view.whole.occurrence_id
    lines = store().verification.history(record_id)
    is_for_staff = view.audience is Audience.STAFF
    cards.show(cards.heading(_("经过")), history.history(lines, now, names_staff=is_for_staff))
    if is_for_staff:
        found = store().occurrences.checks(record_id)
        link = cards.button(_("去核实台"), f"/verify?id={record_id}", quiet=True)
        cards.show(cards.heading(_("检查")), checks(found), link)


def not_here() -> None:
    """No such record, or none for this visitor: the same words for both."""
    text = _("它可能还没有公开，也可能被撤回了。别的遇见都在地图上。")
    link = cards.button(_("看看地图"), "/map", quiet=True)
    cards.show(cards.empty("search", _("没有找到这次遇见"), text, link))


def _record(view: View) -> Occurrence | PublicOccurrence:
    record = view.whole or view.public
    assert record is not None  # a view shows one or the other
    return record


def _taxon(view: View) -> Taxon | None:
    taxon_id = _record(view).taxon_id
    return store().taxa.taxon(taxon_id) if taxon_id else None


def _is_verified(view: View) -> bool:
    return view.public is not None and view.public.verification_status.startswith("accepted")
