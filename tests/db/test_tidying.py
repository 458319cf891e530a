"""Photos sent and never used leave the store and the disk; what is shown stays."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from db.photos import FolderOfPhotos
from db.store import Store
from observations.base.clock import now_utc
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.commands.checking import check
from observations.media.store import PhotoSize
from observations.media.sweeping import Sweep, sweep_all
from observations.occurrences.unused_uploads import MOST_A_DEVICE, remove_unused
from observations.occurrences.uploading import known_upload, receive
from tests.pages.api.phone import noise_jpeg
from tests.support.photo_files import age
from tests.support.sightings import phone, photo, record

WEEK = timedelta(days=7, minutes=1)


@pytest.fixture
def photos(tmp_path: Path) -> FolderOfPhotos:
    return FolderOfPhotos(tmp_path / "photos")


def sha256_of(store: Store, upload_id: UUID) -> str:
    upload = store.occurrences.upload(upload_id)
    assert upload is not None
    return upload.sha256


def test_what_nobody_used_for_a_week_goes_and_what_is_shown_stays(
    store: Store, photos: FolderOfPhotos
) -> None:
    now = now_utc()
    device_id = phone(store, now)
    used, unused = (photo(store, photos, device_id, noise_jpeg(n), now) for n in (1, 2))
    record(store, device_id, now, photos=[str(used)])
    shown, gone = sha256_of(store, used), sha256_of(store, unused)

    assert remove_unused(store, photos, now + timedelta(days=6)) == 0
    assert remove_unused(store, photos, now + WEEK) == 1
    assert remove_unused(store, photos, now + WEEK) == 0

    assert store.occurrences.upload(unused) is None
    assert store.occurrences.upload(used) is not None
    assert {name for name, _ in photos.names()} == {shown}
    assert not photos.exists(gone, PhotoSize.THUMB)


def test_an_old_draft_sends_its_photo_again_under_the_same_id(
    store: Store, photos: FolderOfPhotos
) -> None:
    now = now_utc()
    device_id, upload_id, data = phone(store, now), new_id(), noise_jpeg(3)
    first = receive(store, photos, upload_id, device_id, data, now)
    remove_unused(store, photos, now + WEEK)
    assert known_upload(store, upload_id, device_id) is None

    again = receive(store, photos, upload_id, device_id, data, now + WEEK)

    assert again.sha256 == first.sha256
    assert record(store, device_id, now, photos=[str(upload_id)])
    assert photos.exists(again.sha256, PhotoSize.LARGE)
    assert check(store, photos) == []


def test_a_file_put_lately_stays_for_the_row_that_may_be_coming(
    store: Store, photos: FolderOfPhotos
) -> None:
    now = now_utc()
    device_id = phone(store, now)
    sent: list[datetime] = [now - timedelta(minutes=n) for n in range(MOST_A_DEVICE + 2)]
    ids = [photo(store, photos, device_id, noise_jpeg(100 + n), at) for n, at in enumerate(sent)]

    assert remove_unused(store, photos, now) == 2

    assert [store.occurrences.upload(one) is None for one in ids] == [False] * 60 + [True] * 2
    assert len({name for name, _ in photos.names()}) == MOST_A_DEVICE + 2
    age(photos, timedelta(days=2))
    assert len([line for line in check(store, photos) if "belongs to nothing" in line]) == 2
    assert sweep_all(store, photos, now) == Sweep(set_aside=2)
    assert check(store, photos) == []


def test_the_same_photo_sent_by_two_goes_with_the_last_of_them(
    store: Store, photos: FolderOfPhotos
) -> None:
    now, data = now_utc(), noise_jpeg(5)
    one, other = phone(store, now), phone(store, now)
    photo(store, photos, one, data, now)
    used = photo(store, photos, other, data, now)
    remove_unused(store, photos, now + WEEK - timedelta(days=1))
    record(store, other, now, photos=[str(used)])
    remove_unused(store, photos, now + WEEK)
    assert photos.exists(sha256_of(store, used), PhotoSize.LARGE)


def test_what_was_sent_without_consent_is_gone_at_once_and_is_not_set_aside(
    store: Store, photos: FolderOfPhotos
) -> None:
    nobody, data = new_id(), noise_jpeg(6)
    with pytest.raises(Refused, match=r"consent\.missing"):
        receive(store, photos, new_id(), nobody, data, now_utc())
    assert list(photos.names()) == list(photos.photos_aside()) == []


def test_a_photo_that_others_sent_stays_when_one_without_consent_sends_it_too(
    store: Store, photos: FolderOfPhotos
) -> None:
    now, data = now_utc(), noise_jpeg(7)
    upload = photo(store, photos, phone(store, now), data, now)
    with pytest.raises(Refused, match=r"consent\.missing"):
        receive(store, photos, new_id(), new_id(), data, now)
    assert photos.exists(sha256_of(store, upload), PhotoSize.LARGE)
