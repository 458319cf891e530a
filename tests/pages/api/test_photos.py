"""A photo of a generalised record: bytes and a name of its own."""

import io

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.media.hashing import sha256_of
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.api import photos
from pages.parts import runtime
from tests.support.photographs import plain_jpeg
from tests.support.sightings import phone, photo, record, said
from tests.support.site import Site

PHEASANT = str(taxon_id_of("Syrmaticus ellioti"))


@pytest.mark.parametrize("size", ["thumb", "large"])
def test_it_is_served_in_bytes_of_its_own_always_the_same(site: Site, size: str) -> None:
    store = runtime.store()
    device_id = phone(store)
    upload = photo(store, runtime.photos(), device_id, plain_jpeg())
    occurrence_id = record(store, device_id, photos=[str(upload)], taxon_id=PHEASANT)
    said(store, occurrence_id, Verdict.ACCEPT)
    [(sha256, _licence)] = store.occurrences.photos(occurrence_id)
    [shown] = store.occurrences.public_photographs(occurrence_id)
    client = TestClient(Starlette(routes=photos.ROUTES))
    answer = client.get(f"/photos/{shown.sha256}/{size}.webp")
    kept = runtime.photos().get(sha256, photos.PhotoSize(size))
    assert answer.status_code == 200 and kept
    assert sha256_of(answer.content) not in (sha256_of(kept), sha256, shown.sha256)
    with Image.open(io.BytesIO(answer.content)) as picture, Image.open(io.BytesIO(kept)) as whole:
        assert all(a < b for a, b in zip(picture.size, whole.size, strict=True))
    photos._of_its_own.cache_clear()
    assert client.get(f"/photos/{shown.sha256}/{size}.webp").content == answer.content
    said(store, occurrence_id, Verdict.WITHHOLD)
    assert client.get(f"/photos/{shown.sha256}/{size}.webp").status_code == 404


@pytest.mark.parametrize("name", ["0" * 64, "f" * 63, "x", "A" * 64, "0" * 65, "%00", "..", "null"])
def test_no_other_name_opens_anything(site: Site, name: str) -> None:
    client = TestClient(Starlette(routes=photos.ROUTES))
    for size in ("thumb", "large", "original", "../large"):
        assert client.get(f"/photos/{name}/{size}.webp").status_code == 404
