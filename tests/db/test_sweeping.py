"""Photo files that no row names are set aside for a month.

A store that is new, older or another's removes no photo.
"""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.photos import FolderOfPhotos
from observations.base.clock import day_of, now_utc
from observations.base.errors import StorageError
from observations.commands.checking import check
from observations.media.ownership import FEW, adopt, require_own_photos
from observations.media.store import PhotoSize, StoreIdentity
from observations.media.sweeping import SWEEP_AFTER, Sweep, sweep, sweep_all, take_back
from observations.privacy.erasing import erase
from tests.pages.api.phone import noise_jpeg
from tests.support.photo_files import age, leave
from tests.support.sightings import phone, photo, record

if TYPE_CHECKING:
    from db.store import Store

LONG = timedelta(days=1)  # how long the process has run
MONTH = timedelta(days=31)
SECRET = b"0123456789abcdef0123456789abcdef"


@pytest.fixture
def photos(store: "Store", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderOfPhotos:
    """The photos of a store that is a year old."""
    identity = store.media.identity()
    old = StoreIdentity(identity.store_id, identity.made_at - timedelta(days=365))
    monkeypatch.setattr(store.media, "identity", lambda: old)
    files = FolderOfPhotos(tmp_path / "photos")
    adopt(store, files)
    return files


def test_a_file_of_today_that_nobody_knows_is_left_alone(
    store: "Store", photos: FolderOfPhotos
) -> None:
    photos.put("a" * 64, PhotoSize.THUMB, b"being uploaded")
    half = photos.folder / "aa" / "aa" / "x.part"
    half.write_bytes(b"half")
    assert sweep(store, photos, now_utc(), LONG) == Sweep()
    assert check(store, photos) == []
    age(photos, timedelta(days=2))
    assert sweep(store, photos, now_utc(), LONG) == Sweep(set_aside=1, removed=1)
    assert list(photos.names()) == []
    assert not half.exists()


def test_what_is_set_aside_is_kept_for_a_month_then_removed(
    store: "Store", photos: FolderOfPhotos
) -> None:
    [left] = leave(photos, 1)
    now = now_utc()
    assert sweep(store, photos, now, LONG) == Sweep(set_aside=1)
    assert photos.get(left, PhotoSize.THUMB) is None
    assert list(photos.photos_aside()) == [(left, day_of(now))]
    assert sweep(store, photos, now + timedelta(days=30), LONG) == Sweep()
    assert sweep(store, photos, now + MONTH, LONG) == Sweep(removed=1)
    assert list(photos.photos_aside()) == []


def test_a_server_that_has_just_started_touches_no_photo(
    store: "Store", photos: FolderOfPhotos
) -> None:
    leave(photos, 3)
    assert sweep(store, photos, now_utc(), SWEEP_AFTER - timedelta(seconds=1)) == Sweep()
    assert len(list(photos.names())) == 3
    assert sweep(store, photos, now_utc(), SWEEP_AFTER) == Sweep(set_aside=3)


@pytest.mark.parametrize(("unknown", "set_aside"), [(100, 100), (101, 0)])
def test_more_than_a_hundred_files_go_at_a_persons_word_only(
    store: "Store", photos: FolderOfPhotos, unknown: int, set_aside: int
) -> None:
    leave(photos, unknown)
    swept = sweep(store, photos, now_utc(), LONG)
    assert swept == Sweep(set_aside=set_aside, held_back=unknown - set_aside)
    assert sweep_all(store, photos, now_utc()) == Sweep(set_aside=unknown - set_aside)
    assert list(photos.names()) == []


@pytest.mark.parametrize(("unknown", "set_aside"), [(120, 120), (121, 0)])
def test_of_many_files_one_in_a_hundred_may_go_at_once(
    store: "Store",
    photos: FolderOfPhotos,
    monkeypatch: pytest.MonkeyPatch,
    unknown: int,
    set_aside: int,
) -> None:
    leave(photos, unknown)
    names = [(f"{number:064x}", PhotoSize.THUMB) for number in range(12_000)]
    monkeypatch.setattr(photos, "names", lambda: iter(names))
    swept = sweep(store, photos, now_utc(), LONG)
    assert swept == Sweep(set_aside=set_aside, held_back=unknown - set_aside)


def test_a_store_younger_than_the_photos_costs_none_of_them(
    store: "Store", photos: FolderOfPhotos
) -> None:
    leave(photos, 3, timedelta(days=700))
    assert sweep(store, photos, now_utc(), LONG) == Sweep(held_back=3)
    assert len(list(photos.names())) == 3


def test_photos_of_another_store_are_never_swept(store: "Store", photos: FolderOfPhotos) -> None:
    leave(photos, 3)
    (photos.folder / "store-id").write_text("018f0000-0000-7000-8000-000000000000")
    assert sweep(store, photos, now_utc(), LONG) == Sweep()
    with pytest.raises(StorageError, match="another store"):
        sweep_all(store, photos, now_utc())
    assert len(list(photos.names())) == 3


def test_a_photo_set_aside_comes_back_when_a_row_knows_it(
    store: "Store", photos: FolderOfPhotos
) -> None:
    """As after the rows came from a backup: the photo had been set aside beside an older store."""
    now = now_utc()
    device_id = phone(store, now)
    record(store, device_id, now, photos=[str(photo(store, photos, device_id, noise_jpeg(1), now))])
    [sha256] = store.occurrences.photo_hashes()
    assert photos.set_aside(sha256, day_of(now)) == 2
    assert len(check(store, photos)) == 2
    assert take_back(store, photos) == 1
    assert check(store, photos) == []
    assert take_back(store, photos) == 0


def test_what_a_person_erased_leaves_the_folder_too(store: "Store", photos: FolderOfPhotos) -> None:
    now = now_utc()
    device_id = phone(store, now)
    record(store, device_id, now, photos=[str(photo(store, photos, device_id, noise_jpeg(2), now))])
    [sha256] = store.occurrences.photo_hashes()
    photos.set_aside(sha256, day_of(now))
    erase(store, photos, SECRET, device_id, now)
    assert list(photos.photos_aside()) == []
    assert not [path for path in photos.folder.rglob("*") if sha256 in path.name]


def test_a_new_store_and_new_photos_know_each_other(store: "Store", tmp_path: Path) -> None:
    files = FolderOfPhotos(tmp_path / "new")
    require_own_photos(store, files)
    assert files.owner() == store.media.identity().store_id
    require_own_photos(store, files)


def test_a_store_of_before_the_id_takes_the_photos_it_knows(store: "Store", tmp_path: Path) -> None:
    files = FolderOfPhotos(tmp_path / "old")
    device_id = phone(store)
    photo(store, files, device_id, noise_jpeg(3))
    leave(files, 1)
    age(files, timedelta(days=100))
    require_own_photos(store, files)
    assert files.owner()


@pytest.mark.parametrize("count", [1, FEW + 1])
def test_a_new_store_beside_photos_is_refused_until_a_person_says_they_are_its_own(
    store: "Store", tmp_path: Path, count: int
) -> None:
    files = FolderOfPhotos(tmp_path / "old")
    leave(files, count)
    with pytest.raises(StorageError, match="it is new"):
        require_own_photos(store, files)
    assert files.owner() is None
    adopt(store, files)
    require_own_photos(store, files)


def test_an_upload_cut_off_before_its_row_does_not_stop_a_new_store(
    store: "Store", tmp_path: Path
) -> None:
    files = FolderOfPhotos(tmp_path / "photos")
    leave(files, 2, timedelta(0))
    age(files, -timedelta(minutes=1))
    require_own_photos(store, files)


def test_photos_that_are_away_are_noticed(store: "Store", tmp_path: Path) -> None:
    photo(store, FolderOfPhotos(tmp_path / "mounted"), phone(store), noise_jpeg(4))
    with pytest.raises(StorageError, match="no photos"):
        require_own_photos(store, FolderOfPhotos(tmp_path / "not-mounted"))


def test_an_id_that_is_damaged_is_said(store: "Store", tmp_path: Path) -> None:
    files = FolderOfPhotos(tmp_path)
    (tmp_path / "store-id").write_bytes(b"\0" * 36)
    with pytest.raises(StorageError, match="damaged"):
        require_own_photos(store, files)
