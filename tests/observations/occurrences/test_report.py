"""What a phone sends, read and checked at the door."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.occurrences.report import (
    MOST_PHOTOS,
    PlaceSource,
    SightingReport,
    read_report,
)
from observations.places.datum import gcj02_of
from observations.taxa.taxon import Group

NOW = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)
PLACE = {"latitude": 30.2694, "longitude": 120.0631, "uncertainty_m": 8, "source": "exif"}


def read(**changes: Any) -> SightingReport:
    payload = {
        "id": str(new_id()),
        "photos": [str(new_id())],
        "event_date": "2026-05-09T09:42:00+08:00",
        "place": PLACE,
        **changes,
    }
    return read_report(payload, NOW)


def refusal(**changes: Any) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        read(**changes)
    return refused.value.code, refused.value.field


def test_a_photo_with_place_and_time_is_enough() -> None:
    report = read()
    assert report.event_date == datetime(2026, 5, 9, 1, 42, tzinfo=UTC)
    assert report.place.source is PlaceSource.EXIF
    assert report.place.uncertainty_m == 8
    assert report.taxon_id is None


def test_a_name_without_a_photo_is_enough_too() -> None:
    assert read(photos=[], name="夜鹭").verbatim_name == "夜鹭"


def test_neither_photo_nor_name_is_refused() -> None:
    assert refusal(photos=[]) == ("record.empty", "photos")


def test_who_does_not_know_the_name_chooses_a_group() -> None:
    assert read(group="bird").group is Group.BIRD


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"id": "17"}, ("id.malformed", "id")),
        ({"photos": "abc"}, ("record.unreadable", "photos")),
        (
            {"photos": [str(new_id()) for _ in range(MOST_PHOTOS + 1)]},
            ("record.too_many_photos", "photos"),
        ),
        ({"event_date": "yesterday"}, ("date.unreadable", "event_date")),
        ({"event_date": "2026-05-09T09:42:00"}, ("date.unreadable", "event_date")),
        ({"event_date": "0009-05-09T09:42:00+08:00"}, ("date.unreadable", "event_date")),
        ({"event_date": (NOW + timedelta(minutes=11)).isoformat()},
         ("date.in_the_future", "event_date")),
        ({"place": None}, ("place.missing", "place")),
        ({"place": {**PLACE, "latitude": None}}, ("place.missing", "place")),
        ({"place": {**PLACE, "latitude": float("nan")}}, ("place.missing", "place")),
        ({"place": {**PLACE, "latitude": 0, "longitude": 0}}, ("place.outside", "place")),
        ({"place": {**PLACE, "latitude": 43.46, "longitude": 11.88}}, ("place.outside", "place")),
        ({"place": {**PLACE, "source": "guess"}}, ("choice.unknown", "place")),
        ({"note": "鸟" * 2001}, ("text.too_long", "note")),
        ({"count": 0}, ("count.unreadable", "count")),
        ({"count": 1.5}, ("count.unreadable", "count")),
        ({"count": True}, ("count.unreadable", "count")),
        ({"count": 10_000_000}, ("count.unreadable", "count")),
        ({"group": "dragon"}, ("choice.unknown", "group")),
        ({"establishment_means": "maybe"}, ("choice.unknown", "establishment_means")),
    ],
)  # fmt: skip
def test_what_cannot_be_a_sighting_is_refused_at_its_field(
    changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert refusal(**changes) == expected


def test_a_clock_ten_minutes_fast_is_forgiven() -> None:
    ahead = NOW + timedelta(minutes=10)
    assert read(event_date=ahead.isoformat()).event_date == ahead


@pytest.mark.parametrize("nonsense", [0, -3, 1e9, None, "8", float("inf")])
def test_an_uncertainty_that_means_nothing_counts_as_unknown(nonsense: object) -> None:
    assert read(place={**PLACE, "uncertainty_m": nonsense}).place.uncertainty_m is None


def test_the_same_photo_named_twice_is_one_photo() -> None:
    photo = str(new_id())
    assert len(read(photos=[photo, photo]).photos) == 1


def test_a_payload_that_is_no_object_is_refused() -> None:
    with pytest.raises(Refused, match="record.unreadable"):
        read_report([], NOW)  # type: ignore[arg-type]


def test_a_place_in_the_datum_of_street_maps_is_converted_and_kept_as_given() -> None:
    gcj02 = gcj02_of(30.2694, 120.0631)
    place = read(
        place={**PLACE, "latitude": gcj02[0], "longitude": gcj02[1], "datum": "gcj02"}
    ).place
    assert (place.latitude, place.longitude) == pytest.approx((30.2694, 120.0631), abs=1e-8)
    assert (place.as_given, place.datum) == (gcj02, "GCJ-02")


@pytest.mark.parametrize("datum", [None, "", "WGS-84", "wgs84", "EPSG:4326", "CGCS2000"])
def test_other_names_of_wgs84_are_it(datum: str | None) -> None:
    place = read(place={**PLACE, "datum": datum}).place
    assert (place.latitude, place.datum, place.verbatim) == (30.2694, "WGS-84", None)


def test_a_datum_nobody_knows_is_refused_at_the_place() -> None:
    assert refusal(place={**PLACE, "datum": "BJ-54"}) == ("choice.unknown", "place")


@pytest.mark.parametrize("latitude", [1e308, 10**400, -1e308])
def test_a_number_too_large_for_the_globe_is_refused_in_any_datum(latitude: float) -> None:
    for datum in ("WGS-84", "GCJ-02", "BD-09"):
        code, field = refusal(place={**PLACE, "latitude": latitude, "datum": datum})
        assert (code in ("place.outside", "place.missing"), field) == (True, "place")


def test_not_knowing_whether_it_was_planted_is_an_answer() -> None:
    report = read(establishment_means="unsure")
    assert (report.establishment_means, report.is_unsure_of_origin) == (None, True)
