"""A damaged photo file is told by its hash, and a thumb is made anew."""

from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.photos import FolderOfPhotos
from observations.base.clock import day_of, now_utc
from observations.base.ids import new_id
from observations.commands.checking import check, photo_faults
from observations.media import digests
from observations.media.decoding import open_own
from observations.media.digests import Fault, compare_damaged, compare_due, mend
from observations.media.store import PhotoSize
from observations.occurrences.uploading import receive
from observations.privacy.erasing import erase
from tests.pages.api.phone import noise_jpeg
from tests.support.photographs import MORNING, hangzhou_jpeg
from tests.support.sightings import phone, photo, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.store import Store

SECRET = b"0123456789abcdef0123456789abcdef"
DAY = timedelta(days=1)
TEN_MINUTES = timedelta(minutes=10)


def zeroed_from(start: int, data: bytes) -> bytes:
    return data[:start] + bytes(len(data) - start)


DAMAGE: "dict[str, Callable[[bytes], bytes]]" = {
    "empty": lambda data: b"",
    "zeroed": lambda data: bytes(len(data)),
    "halved": lambda data: data[: len(data) // 2],
    "half zeroed": lambda data: zeroed_from(len(data) // 2, data),
    "longer": lambda data: data + b"\0",
}


OPENED_NO_MORE = ("empty", "zeroed", "halved", "half zeroed")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "AGAIN_S", 0)


@pytest.fixture
def photos(tmp_path: Path) -> FolderOfPhotos:
    return FolderOfPhotos(tmp_path / "photos")


def shown(store: "Store", photos: FolderOfPhotos, data: bytes) -> str:
    """A photo that a sighting shows; its name."""
    now, device_id = now_utc(), phone(store)
    record(store, device_id, now, photos=[str(photo(store, photos, device_id, data, now))])
    return max(
        set(store.occurrences.photo_hashes()), key=lambda name: photos.written_at(name) or now
    )


def file_of(photos: FolderOfPhotos, sha256: str, size: PhotoSize) -> Path:
    return next(photos.folder.rglob(f"{sha256}-{size}.webp"))


def forget(store: "Store") -> None:
    """As in a store of before the hashes."""
    with store._engine.writing() as connection:
        connection.execute("update photo_digest set thumb_sha256 = null, large_sha256 = null")


def test_a_damaged_file_is_told_by_its_hash(store: "Store", photos: FolderOfPhotos) -> None:
    shown(store, photos, noise_jpeg())
    assert check(store, photos) == []
    wrong = set()
    for damage, (number, size) in product(DAMAGE.values(), enumerate(PhotoSize)):
        bad = shown(store, photos, noise_jpeg(number))
        path = file_of(photos, bad, size)
        path.write_bytes(damage(path.read_bytes()))
        wrong.add(Fault(bad, size, is_missing=False))
    assert set(check(store, photos)) == {str(fault) for fault in wrong}
    assert set(compare_damaged(store, photos, now_utc())) == wrong


def test_photos_of_before_the_hashes_are_decoded_once(
    duckdb_store: "Store", photos: FolderOfPhotos
) -> None:
    store, sound = duckdb_store, shown(duckdb_store, photos, hangzhou_jpeg())
    bad = set()
    for number, damage in enumerate(OPENED_NO_MORE):
        name = shown(store, photos, hangzhou_jpeg(taken=MORNING + timedelta(minutes=number + 1)))
        path = file_of(photos, name, PhotoSize.LARGE)
        path.write_bytes(DAMAGE[damage](path.read_bytes()))
        bad.add(name)
    forget(store)
    assert {fault.sha256 for fault in photo_faults(store, photos)} == bad
    assert {one.sha256 for one in store.media.digests_after("", 9) if one.thumb} == {sound}


@pytest.mark.parametrize("is_lost", [True, False])
def test_a_thumb_is_made_anew_from_its_large_and_a_large_is_beyond_mending(
    store: "Store", photos: FolderOfPhotos, is_lost: bool
) -> None:
    small, big = shown(store, photos, noise_jpeg(1)), shown(store, photos, noise_jpeg(2))
    both = shown(store, photos, noise_jpeg(3))
    for name, size in [
        (small, PhotoSize.THUMB),
        (big, PhotoSize.LARGE),
        *((both, size) for size in PhotoSize),
    ]:
        path = file_of(photos, name, size)
        path.unlink() if is_lost else path.write_bytes(b"")
    made, beyond = mend(store, photos, photo_faults(store, photos), now_utc())
    assert [fault.sha256 for fault in made] == [small]
    assert {(fault.sha256, fault.size) for fault in beyond} == {
        (big, PhotoSize.LARGE),
        *((both, size) for size in PhotoSize),
    }
    assert open_own(photos.get(small, PhotoSize.THUMB)) is not None
    assert set(photo_faults(store, photos)) == set(beyond)


def test_a_photo_that_is_sent_again_takes_the_place_of_its_damaged_files(
    store: "Store", photos: FolderOfPhotos
) -> None:
    data = noise_jpeg()
    bad = shown(store, photos, data)
    for size in PhotoSize:
        file_of(photos, bad, size).write_bytes(b"")
    assert len(check(store, photos)) == 2
    receive(store, photos, new_id(), phone(store), data, now_utc())
    assert check(store, photos) == []


def test_a_thirtieth_of_the_photos_is_compared_a_day(
    store: "Store", photos: FolderOfPhotos
) -> None:
    now = now_utc()
    names = [shown(store, photos, noise_jpeg(number)) for number in range(4)]
    file_of(photos, names[0], PhotoSize.LARGE).write_bytes(b"")
    later = now + timedelta(days=30)
    assert compare_due(store, photos, now + 29 * DAY, TEN_MINUTES) == []  # compared when they came
    looks = [compare_due(store, photos, later, TEN_MINUTES) for _ in names]
    assert [len(faults) for faults in looks] == [int(name == names[0]) for name in sorted(names)]
    assert store.media.due_digests(day_of(later - DAY), 9) == []
    assert compare_due(store, photos, later, TEN_MINUTES) == []


def test_what_a_person_erases_leaves_no_hash(store: "Store", photos: FolderOfPhotos) -> None:
    now, device_id = now_utc(), phone(store)
    record(store, device_id, now, photos=[str(photo(store, photos, device_id, noise_jpeg(1), now))])
    assert store.media.count_digests() == 1
    erase(store, photos, SECRET, device_id, now)
    assert store.media.count_digests() == 0
