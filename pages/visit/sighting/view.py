"""The page of a record, for its three audiences: everyone, its observer, staff."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from observations.base.clock import day_of
from observations.occurrences.audience import Audience, View
from observations.occurrences.occurrence import (
    PublicOccurrence,
    receipt_number,
)
from observations.taxa.taxon import SENSITIVE_WORDS, Taxon
from observations.verification.statuses import RELEASE_NAMES, ReleaseStatus
from pages.parts import cards
from pages.parts.dates import day_words
from pages.parts.runtime import store
from pages.parts.sighting import history, words
from pages.parts.sighting.evidence_view import checks
from pages.parts.small_map import Spot, small_map
from pages.parts.wording import _
from pages.visit.sighting import first

Pairs = list[tuple[cards.Text, cards.Text]]


def facts(view: View, now: datetime) -> None:
    """When, where, how exactly and why, by whom, under which number."""
    record, taxon = first.record_of(view), _taxon(view)
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


def _spot(view: View) -> Spot:
    record = first.record_of(view)
    is_rough = view.whole is None and view.public is not None and view.public.is_month_only
    return Spot(
        record.decimal_latitude,
        record.decimal_longitude,
        record.coordinate_uncertainty_in_meters,
        is_rough,
    )


def decisions_so_far(view: View, now: datetime) -> None:
    """The decisions explained: to the observer without names of staff, to staff with them."""
    if view.whole is None:
        return
    record_id = view.whole.occurrence_id
    lines = store().verification.history(record_id)
    is_for_staff = view.audience is Audience.STAFF
    cards.show(cards.heading(_("经过")), history.history(lines, now, names_staff=is_for_staff))
    if is_for_staff:
        results = store().occurrences.checks(record_id)
        link = cards.button(_("去核实台"), f"/verify?id={record_id}", quiet=True)
        cards.show(cards.heading(_("检查")), checks(results), link)


def _taxon(view: View) -> Taxon | None:
    taxon_id = first.record_of(view).taxon_id
    return store().taxa.taxon(taxon_id) if taxon_id else None
