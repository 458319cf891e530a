"""Photos in a bucket: kept, served, and calmly refused while the bucket is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.browser.server import Server
from tests.pages.api.phone import Phone, noise_jpeg
from tests.support.bucket import ObjectStore, object_store
from tests.support.health import health_of
from tests.support.waits import eventually


@pytest.fixture
def bucket() -> Iterator[ObjectStore]:
    with object_store() as store:
        yield store


def test_a_bucket_goes_away_and_comes_back(bucket: ObjectStore, tmp_path: Path) -> None:
    server = Server(tmp_path, LUJI_MEDIA_URL=bucket.url, **bucket.environment).start()
    try:
        phone = Phone(server.url)
        kept = phone.upload(noise_jpeg()).json()
        assert not (tmp_path / "photos").exists()

        bucket.go_away()
        refused = phone.upload(noise_jpeg(1))
        assert (refused.status_code, refused.json()["error"]["code"]) == (
            503,
            "storage.unavailable",
        )
        assert phone.record().status_code == 201  # what needs no photo is recorded
        assert health_of(server).json()["failing"] == ["photos"]

        bucket.come_back()
        eventually(lambda: requests.get(f"{server.url}/healthz", timeout=9).status_code == 200)
        assert phone.upload(noise_jpeg(1)).status_code == 201
        told = phone.record(photos=[kept["upload_id"]])
        assert told.status_code == 201, told.text
    finally:
        server.stop()

    again = Server(tmp_path, LUJI_MEDIA_URL=bucket.url, **bucket.environment).start()
    again.stop()
