"""Photos sent and never used leave the store and the disk; what is shown stays."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from db.photos import FolderOfPhotos
from db.store import Store
from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.commands.checking import check
from observations.media.store import PhotoSize
from observations.occurrences.tidying import MOST_A_DEVICE, SWEEP_AFTER, Sweep, sweep, tidy
from observations.occurrences.uploading import known_upload, receive
from tests.pages.api.phone import noise_jpeg
from tests.support.sightings import phone, photo, record

WEEK = timedelta(days=7, minutes=1)
LONG = timedelta(days=1)  # how long the process has run


@pytest.fixture
def photos(tmp_path: Path) -> FolderOfPhotos:
    return FolderOfPhotos(tmp_path / "photos")


def sha256_of(store: Store, upload_id: UUID) -> str:
    upload = store.occurrences.upload(upload_id)
    assert upload is not None
    return upload.sha256


def age(photos: FolderOfPhotos, by: timedelta) -> None:
    """Make every file look that much older."""
    for path in photos.folder.rglob("*.*"):
        moment = path.stat().st_mtime - by.total_seconds()
        os.utime(path, (moment, moment))


def test_what_nobody_used_for_a_week_goes_and_what_is_shown_stays(
    store: Store, photos: FolderOfPhotos
) -> None:
    now = now_utc()
    device_id = phone(store, now)
    used, unused = (photo(store, photos, device_id, noise_jpeg(n), now) for n in (1, 2))
    record(store, device_id, now, photos=[str(used)])
    shown, gone = sha256_of(store, used), sha256_of(store, unused)

    assert tidy(store, photos, now + timedelta(days=6)) == 0
    assert tidy(store, photos, now + WEEK) == 1
    assert tidy(store, photos, now + WEEK) == 0

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
    tidy(store, photos, now + WEEK)
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

    assert tidy(store, photos, now) == 2

    assert [store.occurrences.upload(one) is None for one in ids] == [False] * 60 + [True] * 2
    assert len({name for name, _ in photos.names()}) == MOST_A_DEVICE + 2
    age(photos, timedelta(days=2))
    assert len([line for line in check(store, photos) if "belongs to nothing" in line]) == 2
    assert sweep(store, photos, now, LONG) == Sweep(removed=2)
    assert check(store, photos) == []


def test_the_same_photo_sent_by_two_goes_with_the_last_of_them(
    store: Store, photos: FolderOfPhotos
) -> None:
    now, data = now_utc(), noise_jpeg(5)
    one, other = phone(store, now), phone(store, now)
    photo(store, photos, one, data, now)
    used = photo(store, photos, other, data, now)
    tidy(store, photos, now + WEEK - timedelta(days=1))
    record(store, other, now, photos=[str(used)])
    tidy(store, photos, now + WEEK)
    assert photos.exists(sha256_of(store, used), PhotoSize.LARGE)


def test_a_file_of_today_that_nobody_knows_is_left_alone(
    store: Store, photos: FolderOfPhotos
) -> None:
    photos.put("a" * 64, PhotoSize.THUMB, b"being uploaded")
    half = photos.folder / "aa" / "aa" / "x.part"
    half.write_bytes(b"half")
    assert sweep(store, photos, now_utc(), LONG) == Sweep()
    assert check(store, photos) == []
    age(photos, timedelta(days=2))
    assert sweep(store, photos, now_utc(), LONG) == Sweep(removed=2)
    assert list(photos.names()) == []
    assert not half.exists()


def fill(photos: FolderOfPhotos, count: int) -> None:
    """So many photos, two days old, that no row knows."""
    for number in range(count):
        photos.put(f"{number:064x}", PhotoSize.THUMB, b"a photo of another store")
    age(photos, timedelta(days=2))


def test_a_server_that_has_just_started_removes_no_photo(
    store: Store, photos: FolderOfPhotos
) -> None:
    fill(photos, 3)
    assert sweep(store, photos, now_utc(), SWEEP_AFTER - timedelta(seconds=1)) == Sweep()
    assert len(list(photos.names())) == 3
    assert sweep(store, photos, now_utc(), SWEEP_AFTER) == Sweep(removed=3)


def test_a_store_that_knows_none_of_the_photos_costs_none_of_them(
    store: Store, photos: FolderOfPhotos
) -> None:
    fill(photos, 360)
    assert sweep(store, photos, now_utc(), LONG) == Sweep(held_back=360)
    assert len(list(photos.names())) == 360


@pytest.mark.parametrize(("all_photos", "unknown", "removed"), [(2500, 25, 25), (2500, 26, 0)])
def test_of_many_photos_one_in_a_hundred_may_go_at_once(
    duckdb_store: Store,
    photos: FolderOfPhotos,
    monkeypatch: pytest.MonkeyPatch,
    all_photos: int,
    unknown: int,
    removed: int,
) -> None:
    fill(photos, unknown)
    names = [(f"{number:064x}", PhotoSize.THUMB) for number in range(all_photos)]
    monkeypatch.setattr(photos, "names", lambda: iter(names))
    swept = sweep(duckdb_store, photos, now_utc(), LONG)
    assert swept == Sweep(removed=removed, held_back=unknown - removed)
    assert photos.exists(names[0][0], PhotoSize.THUMB) is (removed == 0)


def test_exactly_twenty_of_few_photos_may_go_at_once(store: Store, photos: FolderOfPhotos) -> None:
    fill(photos, 20)
    assert sweep(store, photos, now_utc(), LONG) == Sweep(removed=20)
