"""The two routes that everything goes through: photos and records."""

import uuid

import pytest
import requests

from observations.base.ids import new_id
from tests.pages.api.phone import XIXI, Phone, noise_jpeg
from tests.support import photographs


def test_a_photo_and_a_record_are_received_and_shown_to_their_observer_alone(api_url: str) -> None:
    phone = Phone(api_url)
    upload = phone.upload(noise_jpeg(1))
    assert upload.status_code == 201
    sent = phone.record(photos=[upload.json()["upload_id"]])
    receipt = sent.json()
    assert (sent.status_code, receipt["status"]) == (201, "received")
    assert receipt["number"].startswith("LJ-")
    assert receipt["needs_home_district"] is True
    thumb = upload.json()["thumb"]
    assert phone.get(thumb).headers["Content-Type"] == "image/webp"
    assert phone.get(thumb).headers["Cache-Control"] == "private, no-store"
    assert Phone(api_url).get(thumb).status_code == 404
    assert requests.get(api_url + thumb, timeout=30).status_code == 404


def test_the_same_upload_and_the_same_record_again_cost_nothing(api_url: str) -> None:
    phone, data, upload_id, record_id = Phone(api_url), noise_jpeg(2), str(new_id()), str(new_id())
    assert [phone.upload(data, upload_id).status_code for _ in range(2)] == [201, 200]
    answers = [phone.record(id=record_id, photos=[upload_id]) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert [answer.json()["status"] for answer in answers] == ["received", "already"]
    assert answers[0].json()["number"] == answers[1].json()["number"]


def test_before_consent_nothing_is_taken(api_url: str) -> None:
    phone = Phone(api_url, consents=False)
    for answer in (phone.upload(noise_jpeg(3)), phone.record()):
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "consent.missing"


def test_consent_to_words_that_have_changed_is_asked_again(api_url: str) -> None:
    answer = Phone(api_url, consents=False).consent("2001-01")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "consent.outdated")


@pytest.mark.parametrize("headers", [{"X-CSRF-Token": ""}, {"X-CSRF-Token": "0" * 32}])
def test_a_post_without_its_token_is_refused(api_url: str, headers: dict[str, str]) -> None:
    answer = Phone(api_url).post("/api/v1/records", headers, json={})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf.missing")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_a_post_from_another_site_is_refused(api_url: str, origin: str) -> None:
    answer = Phone(api_url).post("/api/v1/records", {"Origin": origin}, json={})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin.foreign")


def test_a_forged_device_cookie_is_nobody(api_url: str) -> None:
    phone = Phone(api_url)
    phone.session.cookies.set("luji_device", uuid.uuid4().hex + ".forged", domain="localhost.local")
    phone.session.cookies.clear(domain="localhost.local", path="/", name="luji_device")
    forged = {"Cookie": f"luji_device={uuid.uuid4().hex}.forged; luji_csrf={phone.csrf}"}
    assert phone.post("/api/v1/records", forged, json={}).status_code == 403


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (photographs.text_named_jpg(), 415, "photo.not_an_image"),
        (photographs.truncated_jpeg(), 415, "photo.truncated"),
        (b"", 422, "photo.empty"),
    ],
    ids=["a text named .jpg", "a truncated photo", "nothing"],
)
def test_what_is_no_photo_is_refused_in_the_users_language(
    api_url: str, data: bytes, status: int, code: str
) -> None:
    for language in ("zh", "en"):
        answer = Phone(api_url, language=language).upload(data)
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == (status, code)
        is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in error["message"])
        assert is_chinese is (language == "zh")


def test_a_photo_over_forty_megabytes_is_refused_before_it_is_all_here(api_url: str) -> None:
    answer = Phone(api_url).upload(b"\xff\xd8" + b"\x00" * (40 * 2**20))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "photo.too_large")


def test_an_empty_form_says_what_is_missing(api_url: str) -> None:
    answer = Phone(api_url).record(name=None)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (422, "record.empty", "photos")


def test_a_place_outside_the_city_is_refused_at_its_field(api_url: str) -> None:
    error = Phone(api_url).record(place={**XIXI, "latitude": 43.46, "longitude": 11.88}).json()
    assert (error["error"]["code"], error["error"]["field"]) == ("place.outside", "place")


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b"[" * 50_000, b"x" * 70_000])
def test_a_body_that_is_no_record_is_refused(api_url: str, body: bytes) -> None:
    answer = Phone(api_url).post("/api/v1/records", data=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "record.unreadable")


def test_another_browsers_photo_cannot_be_named(api_url: str) -> None:
    upload_id = Phone(api_url).upload(noise_jpeg(4)).json()["upload_id"]
    answer = Phone(api_url).record(photos=[upload_id])
    error = answer.json()["error"]
    assert (error["code"], error["missing"]) == ("photo.unknown", [upload_id])


def test_the_photos_to_send_again_are_named(api_url: str) -> None:
    phone, gone = Phone(api_url), str(new_id())
    uploaded_id = phone.upload(noise_jpeg(6)).json()["upload_id"]
    error = phone.record(photos=[uploaded_id, gone]).json()["error"]
    assert (error["field"], error["missing"]) == ("photos", [gone])


def test_thirty_photos_go_up_at_one_go_each_tried_several_times(api_url: str) -> None:
    phone, data, ids = Phone(api_url), noise_jpeg(7), [str(new_id()) for _ in range(30)]
    statuses = [phone.upload(data, upload_id).status_code for _ in range(5) for upload_id in ids]
    assert statuses == [201] * 30 + [200] * 120


def test_of_a_plant_the_missing_choice_is_refused_at_its_field(api_url: str) -> None:
    phone = Phone(api_url)
    error = phone.record(name="荷", group="plant").json()["error"]
    assert (error["code"], error["field"]) == ("origin.missing", "establishment_means")
    answer = phone.record(name="荷", group="plant", establishment_means="unsure")
    assert "origin.unsure" in {flag["code"] for flag in answer.json()["flags"]}


def test_kind_advice_comes_with_the_receipt(api_url: str) -> None:
    phone = Phone(api_url, language="en")
    flags = phone.record(name="水边的鸟", time_known=False).json()["flags"]
    assert {flag["code"] for flag in flags} == {"name.not_on_list", "photo.missing", "time.unknown"}
    assert all(flag["message"] for flag in flags)


def test_home_is_chosen_with_one_tap(api_url: str) -> None:
    phone = Phone(api_url)
    phone.record()
    assert phone.post("/api/v1/me", json={"home_district": "330104"}).status_code == 422
    assert phone.post("/api/v1/me", json={"home_district": "330106"}).status_code == 204
    assert phone.record().json()["needs_home_district"] is False


def test_too_many_tries_with_a_recovery_code_have_to_wait(api_url: str) -> None:
    phone = Phone(api_url)
    form = {"csrf": phone.csrf, "code": "AAAAA-AAAAA-AAAAA-AAAAA"}
    answers = [phone.post("/recover", data=form, allow_redirects=False) for _ in range(6)]
    places = [answer.headers["Location"] for answer in answers]
    assert places[0] == "/me?refused=recovery.wrong_code"
    assert places[-1] == "/me?refused=limit.too_many"


def test_health_needs_no_cookie(api_url: str) -> None:
    answer = requests.get(f"{api_url}/healthz", timeout=30)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors" in answer.headers["Content-Security-Policy"]
