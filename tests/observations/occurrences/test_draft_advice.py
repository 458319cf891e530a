"""What the numbers of a draft give away: pointed out, by GBIF's names where it has one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from observations.occurrences.draft import Draft, read_draft
from observations.occurrences.draft_advice import Advice, advice_on
from observations.occurrences.group_rules import GROUP_RULES, high_count
from observations.places.datum import gcj02_of
from observations.places.distance import metres_between
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import Group

NOW = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)
HERE = {"latitude": 30.2694, "longitude": 120.0631, "uncertainty_m": 8, "source": "map"}


def advised(group: Group | None = None, **draft: Any) -> list[Advice]:
    return advice_on(read_draft({"event_date": NOW.isoformat(), "place": HERE} | draft), group, NOW)


def codes(group: Group | None = None, **draft: Any) -> list[tuple[str, str]]:
    return [(advice.code, advice.field) for advice in advised(group, **draft)]


def test_a_plain_draft_and_an_empty_one_get_no_word() -> None:
    assert codes() == []
    assert advice_on(Draft(), None, NOW) == []


@pytest.mark.parametrize(
    ("event_date", "is_unlikely"),
    [
        (NOW + timedelta(minutes=11), True),
        (NOW + timedelta(minutes=9), False),
        (datetime(1970, 1, 1, tzinfo=UTC), True),
        (datetime(2000, 1, 1, tzinfo=UTC), True),
        (datetime(1583, 4, 1, tzinfo=UTC), True),
        (datetime(2001, 6, 1, tzinfo=UTC), False),
    ],
)
def test_a_date_to_come_and_one_before_telephones_had_cameras(
    event_date: datetime, is_unlikely: bool
) -> None:
    expected = [("RECORDED_DATE_UNLIKELY", "event_date")] if is_unlikely else []
    assert codes(event_date=event_date.isoformat()) == expected


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"latitude": 0, "longitude": 0}, "ZERO_COORDINATE"),
        ({"latitude": 0}, "ZERO_COORDINATE"),
        ({"latitude": 120.0631, "longitude": 30.2694}, "PRESUMED_SWAPPED_COORDINATE"),
        ({"latitude": -30.2694}, "PRESUMED_NEGATED_LATITUDE"),
        ({"longitude": -120.0631}, "PRESUMED_NEGATED_LONGITUDE"),
        ({"latitude": 302.694}, "COORDINATE_OUT_OF_RANGE"),
        ({"latitude": 43.46, "longitude": 11.88}, "place.outside"),
        ({"latitude": 30.27, "longitude": 120.06}, "COORDINATE_ROUNDED"),
        ({"latitude": 30.0, "longitude": 120.0}, "COORDINATE_ROUNDED"),
        ({"uncertainty_m": 1001}, "place.wide"),
        ({"uncertainty_m": 0}, "COORDINATE_UNCERTAINTY_METERS_INVALID"),
        ({"uncertainty_m": 300_000}, "COORDINATE_UNCERTAINTY_METERS_INVALID"),
    ],
)
def test_each_slip_of_a_place_has_its_name(change: dict[str, Any], code: str) -> None:
    assert codes(place=HERE | change) == [(code, "place")]


@pytest.mark.parametrize(
    "change", [{"uncertainty_m": 1000}, {"uncertainty_m": None}, {"latitude": 30.27}]
)
def test_what_may_well_be_meant_is_left_alone(change: dict[str, Any]) -> None:
    assert codes(place=HERE | change) == []


def test_decimals_are_no_matter_where_the_circle_is_wider_or_the_place_has_a_name() -> None:
    rough = HERE | {"latitude": 30.27, "longitude": 120.06}
    assert codes(place=rough | {"uncertainty_m": 600}) == []
    assert codes(place=rough | {"source": "named"}) == []


def test_what_was_turned_round_is_offered_the_right_way() -> None:
    (advice,) = advised(place=HERE | {"latitude": 120.0631, "longitude": 30.2694})
    assert advice.suggestion == (30.2694, 120.0631)


@pytest.mark.parametrize("code", DISTRICTS)
def test_a_jump_of_the_two_datums_is_known_everywhere_in_the_city(code: str) -> None:
    district = DISTRICTS[code]
    here = {"latitude": district.latitude, "longitude": district.longitude, "uncertainty_m": 8}
    latitude, longitude = gcj02_of(district.latitude, district.longitude)
    shifted = here | {"latitude": latitude, "longitude": longitude}

    for photo, device in ((here, shifted), (shifted, here)):
        (advice,) = advised(place=None, photo_place=photo, device_place=device)
        assert (advice.code, advice.field) == ("datum.mixed_up", "place")
        assert 450 < int(str(advice.values["metres"])) < 600
        assert advice.suggestion
        assert metres_between(*advice.suggestion, district.latitude, district.longitude) < 1


def test_a_place_pasted_from_a_street_map_is_known_by_the_photos() -> None:
    latitude, longitude = gcj02_of(30.2694, 120.0631)
    pasted = HERE | {"latitude": latitude, "longitude": longitude}
    assert codes(place=pasted, photo_place=HERE) == [("datum.mixed_up", "place")]
    assert codes(place=pasted | {"datum": "GCJ-02"}, photo_place=HERE) == []


@pytest.mark.parametrize(("north", "east"), [(0, 0), (500, 0), (0, -453), (257, 453), (-900, 1500)])
def test_a_jump_of_another_length_or_direction_is_a_walk(north: int, east: int) -> None:
    walked = HERE | {
        "latitude": 30.2694 + north / 111_195,
        "longitude": 120.0631 + east / 96_000,
    }
    assert codes(place=None, photo_place=HERE, device_place=walked) == []


@pytest.mark.parametrize("group", [*Group, None])
def test_a_count_is_high_by_its_group(group: Group | None) -> None:
    most = high_count(group)
    assert codes(group, count=most) == []
    assert codes(group, count=most + 1) == [("count.high", "count")]


def test_every_group_has_its_row_and_only_plants_are_asked_where_they_come_from() -> None:
    assert set(GROUP_RULES) == set(Group)
    assert [group for group, rule in GROUP_RULES.items() if rule.asks_origin] == [Group.PLANT]
    uncounted = {group for group, rule in GROUP_RULES.items() if not rule.is_counted}
    assert uncounted == {Group.PLANT, Group.FUNGUS}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_advice_is_kind_and_whole(language: str) -> None:
    slips: list[dict[str, Any]] = [
        {"event_date": "1970-01-01T00:00:00+08:00"},
        {"place": HERE | {"uncertainty_m": 2500}},
        {"place": HERE | {"latitude": 30.27, "longitude": 120.06}},
        {"count": 5000},
    ]
    for slip in slips:
        (advice,) = advised(**slip)
        said = advice.sentence(language)
        assert "{" not in said
        assert not any(word in said for word in ("错误", "无效", "违", "error", "invalid", "wrong"))
