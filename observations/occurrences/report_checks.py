"""Checks of a report that is being stored: they flag it for the verifier and refuse nothing."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from observations.base.wording import N_
from observations.occurrences.draft_advice import WIDE_M, Advice
from observations.occurrences.group_rules import high_count
from observations.occurrences.occurrence import Check, Upload
from observations.occurrences.report import PlaceSource, SightingReport
from observations.occurrences.same_photos import SamePhotos
from observations.places.datum import Datum
from observations.taxa.taxon import Group

OLD = timedelta(days=365)

# The sentence of each flag, for the verifier and for the observer.
CHECK_WORDS = {
    "name.missing": N_("还没有名字，会请大家一起认。"),
    "name.not_on_list": N_("名录里还没有这个名字，核实员会看一看。"),
    "photo.missing": N_("没有照片，核实会慢一些。"),
    "photo.seen_before": N_("同一张照片也在另一条记录里。"),
    "photo.looks_alike": N_("另一条记录里有一张很像的照片。"),
    "place.wide": N_("地点的范围比较大，地图上会画成一个圈。"),
    "place.named": N_("地点是按地名选的，不是定位。"),
    "date.long_ago": N_("这是一年多以前的遇见。"),
    "time.unknown": N_("没有写几点遇见的。"),
    "count.high": N_("数量很多，核实员会再看一眼。"),
    "taxon.sensitive": N_("这是要保护位置的物种，别人只看到大致位置。"),
    "place.no_district": N_("这个地点不在任何区县的边界里。"),
    "place.converted": N_("经纬度是按 GCJ-02 或 BD-09 给的，已换成 WGS-84。"),
    "origin.unsure": N_("不确定是野生的还是种的。"),
    # was pointed out before saving as well
    "RECORDED_DATE_UNLIKELY": N_("日期很早，可能是相机的时钟没有调好。"),
    "COORDINATE_ROUNDED": N_("经纬度的小数位不多。"),
    "season.unlikely": N_("这个时候很少记到它。"),
    "range.unlikely": N_("这一带很少记到它。"),
}
# For the verifier alone: a sender is not told which other records have the same photo.
VERIFIERS_ALONE = frozenset({"photo.seen_before", "photo.looks_alike"})
CHECK_PASSED = {
    "name.not_on_list": N_("名字在名录里"),
    "photo.seen_before": N_("照片没有在别处出现过"),
    "place.wide": N_("地点精确到 1 公里以内"),
    "date.long_ago": N_("一年以内的记录"),
}


@dataclass(frozen=True)
class Surroundings:
    """What the checks compare a report with: its taxon, its place, its photos, and the advice."""

    group: Group | None = None
    sensitive_category: int | None = None
    district: str | None = None
    photos: SamePhotos = field(default_factory=SamePhotos)
    advice: Sequence[Advice] = ()


def check_report(
    report: SightingReport, uploads: Sequence[Upload], around: Surroundings, now: datetime
) -> list[Check]:
    """The finding of every check for a report, in the order of the desk's list."""
    return [
        *_about_name(report, around),
        *_about_photos(uploads, around.photos),
        *_about_place(report, around.district),
        *_about_time(report, now),
        *_about_numbers(report, around.group),
        *_unusual(around.advice),
    ]


def _about_name(report: SightingReport, around: Surroundings) -> Iterator[Check]:
    if report.taxon_id:
        yield Check("name.not_on_list", is_flag=False)
    elif report.verbatim_name:
        yield Check("name.not_on_list", is_flag=True)
    else:
        yield Check("name.missing", is_flag=True)
    if around.sensitive_category is not None:
        yield Check("taxon.sensitive", True, _details(category=around.sensitive_category))


def _about_photos(uploads: Sequence[Upload], photos: SamePhotos) -> Iterator[Check]:
    if not uploads:
        yield Check("photo.missing", is_flag=True)
        return
    yield Check("photo.seen_before", bool(photos.same), _records(photos.same))
    if photos.alike:
        yield Check("photo.looks_alike", True, _records(photos.alike))


def _about_place(report: SightingReport, district: str | None) -> Iterator[Check]:
    place = report.place
    yield Check("place.wide", place.uncertainty_m is None or place.uncertainty_m > WIDE_M)
    if place.source is PlaceSource.NAMED:
        yield Check("place.named", is_flag=True)
    if place.datum != Datum.WGS84:
        yield Check("place.converted", is_flag=True)
    if district is None:
        yield Check("place.no_district", is_flag=True)


def _about_time(report: SightingReport, now: datetime) -> Iterator[Check]:
    yield Check("date.long_ago", is_flag=now - report.event_date > OLD)
    if not report.is_time_known:
        yield Check("time.unknown", is_flag=True)


def _about_numbers(report: SightingReport, group: Group | None) -> Iterator[Check]:
    count = report.individual_count
    if count and count > high_count(group):
        yield Check("count.high", True, _details(count=count))
    if report.is_unsure_of_origin:
        yield Check("origin.unsure", is_flag=True)


def _unusual(advice: Sequence[Advice]) -> Iterator[Check]:
    """Checks for the advice that has no check of its own."""
    own = {"count.high", "place.wide"}
    for code in dict.fromkeys(one.code for one in advice if one.code in CHECK_WORDS):
        if code not in own:
            yield Check(code, is_flag=True)


def other_records(check: Check) -> list[UUID]:
    """The other records that a check of photos names."""
    details = json.loads(check.details) if check.code in VERIFIERS_ALONE and check.details else {}
    return [UUID(record) for record in details.get("records", ())]


def _records(records: Sequence[UUID]) -> str:
    return _details(records=[str(record) for record in records]) if records else ""


def _details(**values: object) -> str:
    return json.dumps(values)
