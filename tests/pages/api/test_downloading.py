"""`POST /api/v1/download`: everything of one person as a zip."""

import json
import zipfile
from io import BytesIO

from tests.pages.api.phone import Phone, noise_jpeg


def test_everything_is_there_with_the_photos_and_nothing_of_others(api_url: str) -> None:
    phone, other = Phone(api_url), Phone(api_url)
    for one in (phone, other):
        sent = one.upload(noise_jpeg()).json()
        assert one.record(photos=[sent["upload_id"]], note=one.csrf).status_code == 201

    answer = phone.post("/api/v1/download", data={"csrf": phone.csrf})

    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        text = archive.read("me.json").decode()
        [sighting] = json.loads(text)["sightings"]
        assert archive.read(sighting["photos"][0]["file"])[8:12] == b"WEBP"
    assert phone.csrf in text and other.csrf not in text


def test_without_the_pages_token_or_a_record_there_is_nothing(api_url: str) -> None:
    phone = Phone(api_url)
    for csrf, why in (("0" * 32, "csrf.missing"), (phone.csrf, "observer.unknown")):
        answer = phone.post("/api/v1/download", data={"csrf": csrf}, allow_redirects=False)
        assert answer.headers["Location"] == f"/me?refused={why}"
