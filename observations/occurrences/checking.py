"""Checks at the door: they only flag, for the verifier; said kindly to the observer."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from observations.log.wording import N_
from observations.occurrences.occurrence import Check, Upload
from observations.occurrences.report import PlaceSource, SightingReport

WIDE_M = 1_000  # GBIF asks whether a place wider than this is meant
MANY = 500  # individuals; counted flocks are rare above it
OLD = timedelta(days=365)

# What a check says when it flags; to the verifier and, kindly, to the observer.
CHECK_WORDS = {
    "name.missing": N_("还没有名字，会请大家一起认。"),
    "name.not_on_list": N_("名录里还没有这个名字，核实员会看一看。"),
    "photo.missing": N_("没有照片，核实会慢一些。"),
    "photo.seen_before": N_("这张照片别人也交过，核实员会看一看。"),
    "place.wide": N_("地点的范围比较大，地图上会画成一个圈。"),
    "place.named": N_("地点是按地名选的，不是定位。"),
    "date.long_ago": N_("这是一年多以前的遇见。"),
    "time.unknown": N_("没有写几点遇见的。"),
    "count.high": N_("数量很多，核实员会再看一眼。"),
    "taxon.sensitive": N_("这是要保护位置的物种，别人只看到大致位置。"),
    "place.no_district": N_("这个地点不在任何区县的边界里。"),
}
CHECK_PASSED = {
    "name.not_on_list": N_("名字在名录里"),
    "photo.seen_before": N_("照片没有在别处出现过"),
    "place.wide": N_("地点精确到 1 公里以内"),
    "date.long_ago": N_("一年以内的记录"),
}


def check(
    report: SightingReport,
    uploads: Sequence[Upload],
    is_photo_elsewhere: bool,
    sensitive_category: int | None,
    district: str | None,
    now: datetime,
) -> list[Check]:
    """Every check's finding for a report; the order is that of the desk's list."""
    return [
        *_about_name(report, sensitive_category),
        *_about_photos(uploads, is_photo_elsewhere),
        *_about_place(report, district),
        *_about_time(report, now),
        *_about_count(report),
    ]


def _about_name(report: SightingReport, sensitive_category: int | None) -> Iterator[Check]:
    if report.taxon_id:
        yield Check("name.not_on_list", is_flag=False)
    elif report.verbatim_name:
        yield Check("name.not_on_list", is_flag=True)
    else:
        yield Check("name.missing", is_flag=True)
    if sensitive_category is not None:
        details = json.dumps({"category": sensitive_category})
        yield Check("taxon.sensitive", is_flag=True, details=details)


def _about_photos(uploads: Sequence[Upload], is_photo_elsewhere: bool) -> Iterator[Check]:
    if not uploads:
        yield Check("photo.missing", is_flag=True)
    else:
        yield Check("photo.seen_before", is_flag=is_photo_elsewhere)


def _about_place(report: SightingReport, district: str | None) -> Iterator[Check]:
    uncertainty = report.place.uncertainty_m
    yield Check("place.wide", is_flag=uncertainty is None or uncertainty > WIDE_M)
    if report.place.source is PlaceSource.NAMED:
        yield Check("place.named", is_flag=True)
    if district is None:
        yield Check("place.no_district", is_flag=True)


def _about_time(report: SightingReport, now: datetime) -> Iterator[Check]:
    yield Check("date.long_ago", is_flag=now - report.event_date > OLD)
    if not report.is_time_known:
        yield Check("time.unknown", is_flag=True)


def _about_count(report: SightingReport) -> Iterator[Check]:
    if report.individual_count and report.individual_count > MANY:
        details = json.dumps({"count": report.individual_count})
        yield Check("count.high", is_flag=True, details=details)
