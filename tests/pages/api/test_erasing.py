"""`POST /api/v1/erase`: the form at the end of /me."""

import re
from unittest.mock import ANY

from tests.pages.api.phone import Phone, noise_jpeg


def erase(phone: Phone, **fields: str):
    form = {"csrf": phone.csrf, "confirm": "删除"} | fields
    return phone.post("/api/v1/erase", data=form, allow_redirects=False)


def photo_of(phone: Phone) -> str:
    sent = phone.upload(noise_jpeg()).json()
    assert phone.record(photos=[sent["upload_id"]]).status_code == 201
    return str(sent["thumb"])


def test_a_person_is_erased_and_the_browser_forgets_them(api_url: str) -> None:
    phone = Phone(api_url)
    thumb = photo_of(phone)
    assert phone.get(thumb).status_code == 200

    answer = erase(phone)

    assert (answer.status_code, answer.headers["Location"]) == (303, ANY)
    assert re.fullmatch(r"/me\?erased=\d{10}", answer.headers["Location"])
    assert "luji_device" not in phone.session.cookies
    assert phone.get(thumb).status_code == 404


def test_nothing_is_erased_without_the_confirming_word(api_url: str) -> None:
    phone = Phone(api_url)
    thumb = photo_of(phone)

    answer = erase(phone, confirm="好的")

    assert answer.headers["Location"] == "/me?refused=erase.not_confirmed"
    assert phone.get(thumb).status_code == 200


def test_nothing_is_erased_without_the_pages_token(api_url: str) -> None:
    phone = Phone(api_url)
    thumb = photo_of(phone)

    answer = erase(phone, csrf="0" * 32)

    assert answer.headers["Location"] == "/me?refused=csrf.missing"
    assert phone.get(thumb).status_code == 200


def test_the_english_word_confirms_too(api_url: str) -> None:
    phone = Phone(api_url, language="en")
    photo_of(phone)

    assert "/me?erased=" in erase(phone, confirm="Erase").headers["Location"]


def test_who_never_contributed_has_nothing_to_erase(api_url: str) -> None:
    answer = erase(Phone(api_url, consents=False))

    assert answer.headers["Location"] == "/me?refused=observer.unknown"
