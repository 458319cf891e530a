"""`POST /api/v1/records/check`: what a phone is told before it saves."""

from datetime import timedelta
from typing import Any

import jsonschema
import pytest

from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.places.datum import gcj02_of
from tests.pages.api.phone import XIXI, Phone, noise_jpeg
from tests.support.sightings import NIGHT_HERON

SEEN = now_utc() - timedelta(hours=1)


def checked(phone: Phone, **draft: Any) -> Any:
    payload = {"place": XIXI, "taxon_id": str(NIGHT_HERON), "event_date": SEEN.isoformat(), **draft}
    answer = phone.post("/api/v1/records/check", json=payload)
    assert answer.status_code == 200, answer.text
    document = phone.get("/api/v1/openapi.json").json()
    schema = {"$ref": "#/components/schemas/Advised", "components": document["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer.json())
    return answer.json()


def test_a_plain_first_sighting_gets_no_word(api_url: str) -> None:
    assert checked(Phone(api_url)) == {"duplicates": [], "advice": []}


def test_what_was_recorded_three_minutes_and_twelve_metres_off_is_shown(api_url: str) -> None:
    phone = Phone(api_url)
    upload = phone.upload(noise_jpeg(31)).json()
    earlier = (SEEN - timedelta(minutes=3)).isoformat()
    near = {**XIXI, "latitude": XIXI["latitude"] + 12 / 111_195}
    record = phone.record(
        name=None,
        taxon_id=str(NIGHT_HERON),
        event_date=earlier,
        place=near,
        photos=[upload["upload_id"]],
    ).json()

    duplicates = checked(phone)["duplicates"]

    assert [(one["id"], one["number"]) for one in duplicates] == [(record["id"], record["number"])]
    assert (duplicates[0]["minutes_ago"], duplicates[0]["metres_away"]) == (3, 12)
    assert duplicates[0]["message"] == "3 分钟前、12 米外，你记过同一种"
    assert phone.get(duplicates[0]["thumb"]).status_code == 200
    assert checked(phone, taxon_id=None, name="夜鹭")["duplicates"] == duplicates
    assert checked(Phone(api_url))["duplicates"] == []
    assert checked(phone, id=record["id"])["duplicates"] == []


def test_nothing_is_stored_and_nothing_is_told_before_consent(api_url: str) -> None:
    stranger = Phone(api_url, consents=False)
    answer = stranger.post("/api/v1/records/check", json={"place": XIXI})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "consent.missing")
    phone = Phone(api_url)
    checked(phone)
    assert phone.post("/api/v1/me", json={"home_district": "330106"}).status_code == 404


def test_a_mixed_up_datum_is_pointed_out_in_both_languages(api_url: str) -> None:
    latitude, longitude = gcj02_of(XIXI["latitude"], XIXI["longitude"])
    device = {"latitude": latitude, "longitude": longitude, "uncertainty_m": 10}
    for language, word in (("zh", "GCJ-02"), ("en", "apart")):
        phone = Phone(api_url, language=language)
        (advice,) = checked(phone, photo_place=XIXI, device_place=device)["advice"]
        assert (advice["code"], advice["field"]) == ("datum.mixed_up", "place")
        assert word in advice["message"]
        assert advice["suggestion"]["latitude"] == pytest.approx(XIXI["latitude"], abs=1e-6)


@pytest.mark.parametrize(
    "draft",
    [
        {},
        {"place": None, "taxon_id": "x", "event_date": 5, "count": True, "group": [], "id": {}},
        {"place": {"latitude": 1e308, "longitude": 10**400, "datum": "GCJ-02"}},
        {"place": {"latitude": 1e308, "longitude": -1e308, "datum": "GCJ-02"}, "count": 10**400},
        {"taxon_id": str(new_id()), "name": "\x00", "photo_place": [], "device_place": "here"},
        {"event_date": "9999-12-31T23:59:59+00:00"},
        {"event_date": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_whatever_is_half_written_is_answered(api_url: str, draft: dict[str, Any]) -> None:
    answer = Phone(api_url).post("/api/v1/records/check", json=draft)
    assert answer.status_code == 200


def test_a_place_far_outside_is_advice_here_and_refused_only_when_saved(api_url: str) -> None:
    phone = Phone(api_url)
    swapped = {**XIXI, "latitude": XIXI["longitude"] - 40, "longitude": XIXI["latitude"]}
    assert checked(phone, place=swapped)["advice"][0]["code"] == "place.outside"
    assert phone.record(place=swapped).status_code == 422
