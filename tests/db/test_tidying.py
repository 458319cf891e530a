"""Photos sent and never used leave the store and the disk; what is shown stays."""

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from db.photos import FolderOfPhotos
from db.store import Store
from observations.base.clock import day_of, now_utc
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.commands.checking import check
from observations.media import sweeping
from observations.media.store import PhotoSize
from observations.media.sweeping import SWEEP_AFTER, Sweep, sweep_all, take_back
from observations.occurrences import unused_uploads
from observations.occurrences.unused_uploads import (
    MOST_A_DEVICE,
    remove_all_unused,
    remove_unused,
)
from observations.occurrences.uploading import known_upload, receive
from observations.privacy.erasing import erase
from tests.pages.api.phone import noise_jpeg
from tests.support.photo_files import age
from tests.support.sightings import phone, photo, record

WEEK = timedelta(days=7, minutes=1)
SECRET = b"0123456789abcdef0123456789abcdef"
RUNNING = timedelta(days=1)


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

    assert remove_unused(store, photos, now + timedelta(days=6), RUNNING) == Sweep()
    assert remove_unused(store, photos, now + WEEK, RUNNING) == Sweep(set_aside=1)
    assert remove_unused(store, photos, now + WEEK, RUNNING) == Sweep()

    assert store.occurrences.upload(unused) is None
    assert store.occurrences.upload(used) is not None
    assert {name for name, _ in photos.names()} == {shown}
    assert not photos.exists(gone, PhotoSize.THUMB)
    assert list(photos.photos_aside()) == [(gone, day_of(now + WEEK))]


def test_a_server_that_has_just_started_touches_no_draft(
    store: Store, photos: FolderOfPhotos
) -> None:
    now = now_utc()
    photo(store, photos, phone(store, now), noise_jpeg(), now)
    just_now = SWEEP_AFTER - timedelta(seconds=1)
    assert remove_unused(store, photos, now + WEEK, just_now) == Sweep(held_back=1)
    assert remove_unused(store, photos, now + WEEK, SWEEP_AFTER) == Sweep(set_aside=1)


def test_many_drafts_at_once_go_at_a_persons_word_only(
    store: Store, photos: FolderOfPhotos, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, device_id = now_utc(), phone(store)
    for module in (unused_uploads, sweeping):
        monkeypatch.setattr(module, "SWEEP_MOST", 2)
    for _ in range(2):
        photo(store, photos, device_id, noise_jpeg(), now)
    assert remove_unused(store, photos, now + WEEK, RUNNING) == Sweep(held_back=2)
    assert remove_all_unused(store, photos, now + WEEK) == Sweep(set_aside=2)
    assert list(photos.names()) == []


def test_a_photo_that_an_older_database_knew_as_unused_comes_back(
    store: Store, photos: FolderOfPhotos
) -> None:
    """The older database sets it aside; beside the right one, which knows it, it is back."""
    now, device_id, data = now_utc(), phone(store), noise_jpeg()
    upload_id = photo(store, photos, device_id, data, now)
    sha256 = sha256_of(store, upload_id)
    remove_unused(store, photos, now + WEEK, RUNNING)
    assert not photos.exists(sha256, PhotoSize.LARGE)
    elsewhere = FolderOfPhotos(photos.folder.with_name("elsewhere"))
    receive(store, elsewhere, upload_id, device_id, data, now)
    record(store, device_id, now, photos=[str(upload_id)])
    assert take_back(store, photos) == 1
    assert check(store, photos) == []


def test_what_is_sent_again_while_it_is_removed_stays(
    store: Store, photos: FolderOfPhotos, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's row comes after it was seen that nothing knows the photo."""
    now, one, other, data = now_utc(), phone(store), phone(store), noise_jpeg()
    record(store, one, now, photos=[str(photo(store, photos, one, data, now))])
    set_aside = photos.set_aside

    def set_aside_too_late(sha256: str, day: date) -> int:
        monkeypatch.setattr(photos, "set_aside", set_aside)
        photo(store, photos, other, data, now)
        return set_aside(sha256, day)

    monkeypatch.setattr(photos, "set_aside", set_aside_too_late)
    erase(store, photos, SECRET, one, now)
    assert check(store, photos) == []
    assert len(list(photos.names())) == 2


def test_an_old_draft_sends_its_photo_again_under_the_same_id(
    store: Store, photos: FolderOfPhotos
) -> None:
    now = now_utc()
    device_id, upload_id, data = phone(store, now), new_id(), noise_jpeg(3)
    first = receive(store, photos, upload_id, device_id, data, now)
    remove_unused(store, photos, now + WEEK, RUNNING)
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

    assert remove_unused(store, photos, now, RUNNING) == Sweep(removed=2)

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
    remove_unused(store, photos, now + WEEK - timedelta(days=1), RUNNING)
    record(store, other, now, photos=[str(used)])
    remove_unused(store, photos, now + WEEK, RUNNING)
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
