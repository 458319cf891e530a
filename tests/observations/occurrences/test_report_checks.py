"""Checks at the door: they flag, and refuse nothing."""

import ast
import inspect
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from observations.base.ids import new_id
from observations.occurrences import report_checks
from observations.occurrences.draft_advice import Advice
from observations.occurrences.occurrence import Upload
from observations.occurrences.report import PlaceSource, SightingReport, read_report
from observations.occurrences.report_checks import (
    CHECK_PASSED,
    CHECK_WORDS,
    Surroundings,
    check_report,
    other_records,
)
from observations.occurrences.same_photos import SamePhotos
from observations.taxa.taxon import Group

NOW = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)
PLACE = {"latitude": 30.2694, "longitude": 120.0631, "uncertainty_m": 8, "source": "exif"}
UPLOAD = Upload(new_id(), new_id(), "a" * 64, "0" * 16, "JPEG", 800, 600, 1000, NOW)


def report(**changes: Any) -> SightingReport:
    payload = {
        "id": str(new_id()),
        "event_date": (NOW - timedelta(hours=1)).isoformat(),
        "place": PLACE,
        "taxon_id": str(new_id()),
        **changes,
    }
    return read_report(payload, NOW)


def flags(of: SightingReport, uploads: tuple[Upload, ...] = (UPLOAD,), **around: Any) -> set[str]:
    found = check_report(of, uploads, Surroundings(**{"district": "330106"} | around), NOW)
    assert len({one.code for one in found}) == len(found)
    return {one.code for one in found if one.is_flag}


def test_a_plain_record_has_no_flag() -> None:
    assert flags(report()) == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"taxon_id": None, "name": "白鸟"}, {"name.not_on_list"}),
        ({"event_date": (NOW - timedelta(days=400)).isoformat()}, {"date.long_ago"}),
        ({"time_known": False}, {"time.unknown"}),
        ({"count": 501}, {"count.high"}),
        ({"place": {**PLACE, "uncertainty_m": 1001}}, {"place.wide"}),
        ({"place": {**PLACE, "uncertainty_m": None}}, {"place.wide"}),
        ({"place": {**PLACE, "source": "named"}}, {"place.named"}),
        ({"place": {**PLACE, "datum": "GCJ-02"}}, {"place.converted"}),
        ({"place": {**PLACE, "datum": "BD-09"}}, {"place.converted"}),
        ({"establishment_means": "unsure"}, {"origin.unsure"}),
    ],
)
def test_each_oddity_has_its_flag(changes: dict[str, Any], expected: set[str]) -> None:
    assert flags(report(**changes)) == expected


def test_no_photo_a_known_photo_and_no_district_are_flagged() -> None:
    assert flags(report(), uploads=()) == {"photo.missing"}
    elsewhere = SamePhotos(same=(new_id(),), alike=(new_id(),))
    assert flags(report(), photos=elsewhere) == {"photo.seen_before", "photo.looks_alike"}
    assert flags(report(), district=None) == {"place.no_district"}


def test_a_sensitive_taxon_is_pointed_out() -> None:
    assert flags(report(), sensitive_category=2) == {"taxon.sensitive"}


def test_a_photo_without_a_name_asks_for_help() -> None:
    assert flags(replace(report(), taxon_id=None)) == {"name.missing"}


def test_every_finding_has_words() -> None:
    sources = [{**PLACE, "source": source} for source in PlaceSource]
    codes = ("RECORDED_DATE_UNLIKELY", "COORDINATE_ROUNDED", "season.unlikely", "range.unlikely")
    everything = Surroundings(
        sensitive_category=1,
        photos=SamePhotos((new_id(),), (new_id(),)),
        advice=[Advice(code, "place", "") for code in codes],
    )
    for place in sources:
        for one in check_report(report(place=place), (UPLOAD,), everything, NOW):
            assert one.code in (CHECK_WORDS if one.is_flag else CHECK_PASSED)


def test_every_check_that_is_written_has_words() -> None:
    """A flag without words would fail after its record is stored."""
    tree = ast.parse(inspect.getsource(report_checks))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    checks = [call for call in calls if ast.unparse(call.func) == "Check"]
    codes = {call.args[0].value for call in checks if isinstance(call.args[0], ast.Constant)}
    assert len(codes) > 10
    assert codes - CHECK_WORDS.keys() == set()


def test_what_is_unusual_is_a_flag_too_and_said_once() -> None:
    advice = [Advice("season.unlikely", "event_date", ""), Advice("count.high", "count", "")]
    assert flags(report(), advice=advice) == {"season.unlikely"}


def test_a_count_is_high_by_its_group() -> None:
    assert flags(report(count=51), group=Group.MAMMAL) == {"count.high"}
    assert flags(report(count=51), group=Group.BIRD) == set()


def test_the_other_records_of_a_photo_are_named() -> None:
    others = (new_id(), new_id())
    found = check_report(report(), (UPLOAD,), Surroundings(photos=SamePhotos(same=others)), NOW)
    named = {one.code: other_records(one) for one in found}
    assert named["photo.seen_before"] == list(others)
    assert named["place.wide"] == []
