"""Checks at the door: they flag, and refuse nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from observations.log.ids import new_id
from observations.occurrences.checking import CHECK_PASSED, CHECK_WORDS, check
from observations.occurrences.occurrence import Upload
from observations.occurrences.report import PlaceSource, SightingReport, read_report

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


def flags(
    of: SightingReport,
    uploads: tuple[Upload, ...] = (UPLOAD,),
    elsewhere: bool = False,
    category: int | None = None,
    district: str | None = "330106",
) -> set[str]:
    found = check(of, uploads, elsewhere, category, district, NOW)
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
    ],
)
def test_each_oddity_has_its_flag(changes: dict[str, Any], expected: set[str]) -> None:
    assert flags(report(**changes)) == expected


def test_no_photo_a_known_photo_and_no_district_are_flagged() -> None:
    assert flags(report(), uploads=()) == {"photo.missing"}
    assert flags(report(), elsewhere=True) == {"photo.seen_before"}
    assert flags(report(), district=None) == {"place.no_district"}


def test_a_sensitive_taxon_is_pointed_out() -> None:
    assert flags(report(), category=2) == {"taxon.sensitive"}


def test_a_photo_without_a_name_asks_for_help() -> None:
    assert flags(replace(report(), taxon_id=None)) == {"name.missing"}


def test_every_finding_has_words() -> None:
    sources = [{**PLACE, "source": source} for source in PlaceSource]
    for place in sources:
        for one in check(report(place=place), (UPLOAD,), False, 1, None, NOW):
            assert one.code in (CHECK_WORDS if one.is_flag else CHECK_PASSED)
