"""Photo files in a folder and in a bucket."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from db.photos import open_photos
from observations.base.errors import StorageError
from observations.media.hashing import sha256_of
from observations.media.store import PhotoFiles, PhotoSize
from tests.support.bucket import ObjectStore, object_store

NAME = sha256_of(b"a photo")
DAY = date(2026, 5, 9)


@pytest.fixture(scope="module")
def bucket() -> Iterator[ObjectStore]:
    with object_store() as store:
        yield store


@pytest.fixture(params=["file", "s3"])
def photos(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> PhotoFiles:
    """Empty photo files of each kind."""
    if request.param == "file":
        return open_photos(f"file://{tmp_path}/photos")
    bucket: ObjectStore = request.getfixturevalue("bucket")
    for name, value in bucket.environment.items():
        monkeypatch.setenv(name, value)
    return open_photos(f"{bucket.url}/{uuid4()}")


def test_what_is_put_is_there_until_it_is_deleted(photos: PhotoFiles) -> None:
    photos.put(NAME, PhotoSize.THUMB, b"small")
    photos.put(NAME, PhotoSize.LARGE, b"large")
    photos.put(NAME, PhotoSize.LARGE, b"large")

    assert photos.get(NAME, PhotoSize.THUMB) == b"small"
    assert photos.exists(NAME, PhotoSize.LARGE)
    assert set(photos.names()) == {(NAME, PhotoSize.THUMB), (NAME, PhotoSize.LARGE)}
    written = photos.written_at(NAME)
    assert written and abs(datetime.now(UTC) - written) < timedelta(minutes=5)

    photos.delete(NAME)
    photos.delete(NAME)

    assert photos.get(NAME, PhotoSize.THUMB) is None
    assert not photos.exists(NAME, PhotoSize.LARGE)
    assert photos.written_at(NAME) is None
    assert list(photos.names()) == []


def test_the_store_that_they_belong_to_is_known_once_it_is_written(photos: PhotoFiles) -> None:
    assert photos.owner() is None
    store_id = uuid4()
    photos.belong_to(store_id)

    assert photos.owner() == store_id
    assert list(photos.names()) == []


def test_what_is_set_aside_is_not_served_and_comes_back(photos: PhotoFiles) -> None:
    for size in PhotoSize:
        photos.put(NAME, size, b"of the first day")
    assert photos.set_aside(NAME, DAY) == 2
    photos.put(NAME, PhotoSize.THUMB, b"of the second day")
    assert photos.set_aside(NAME, DAY + timedelta(1)) == 1

    assert photos.get(NAME, PhotoSize.THUMB) is None
    assert list(photos.names()) == []
    assert sorted(photos.photos_aside()) == [(NAME, DAY), (NAME, DAY + timedelta(1))]

    assert photos.take_back(NAME) == 2
    assert photos.get(NAME, PhotoSize.THUMB) == b"of the second day"
    assert photos.get(NAME, PhotoSize.LARGE) == b"of the first day"
    assert photos.take_back(NAME) == 0
    assert photos.empty_aside(DAY + timedelta(1)) == 1
    assert list(photos.photos_aside()) == []


def test_deleting_deletes_what_was_set_aside_too(photos: PhotoFiles) -> None:
    photos.put(NAME, PhotoSize.THUMB, b"small")
    photos.set_aside(NAME, DAY)
    photos.delete(NAME)

    assert list(photos.photos_aside()) == []
    assert photos.set_aside(NAME, DAY) == 0


def test_more_files_than_an_answer_of_the_store_lists_are_all_named(
    bucket: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in bucket.environment.items():
        monkeypatch.setenv(name, value)
    photos = open_photos(f"{bucket.url}/{uuid4()}")
    names = {sha256_of(str(number).encode()) for number in range(1001)}
    for name in names:
        photos.put(name, PhotoSize.THUMB, b"small")

    assert {name for name, _size in photos.names()} == names


def test_a_bucket_that_is_away_or_missing_is_a_storage_error(
    bucket: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in bucket.environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StorageError, match="s3://no-such-bucket") as missing:
        open_photos("s3://no-such-bucket").put(NAME, PhotoSize.THUMB, b"small")
    assert "secret" not in str(missing.value)
    photos = open_photos(bucket.url)
    bucket.go_away()
    try:
        for asked in (photos.owner, photos.names, lambda: photos.get(NAME, PhotoSize.THUMB)):
            with pytest.raises(StorageError, match="s3://"):
                list(asked() or ())  # type: ignore[call-overload]
    finally:
        bucket.come_back()
    assert photos.get(NAME, PhotoSize.THUMB) is None


def test_the_files_lie_two_folders_deep(tmp_path: Path) -> None:
    open_photos(f"file://{tmp_path}").put(NAME, PhotoSize.THUMB, b"small")

    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert file.relative_to(tmp_path).as_posix() == f"{NAME[:2]}/{NAME[2:4]}/{NAME}-thumb.webp"


def test_a_folder_with_a_space_and_chinese_in_its_name_is_found(tmp_path: Path) -> None:
    photos = open_photos((tmp_path / "我的 photos").as_uri())

    photos.put(NAME, PhotoSize.THUMB, b"small")

    assert (tmp_path / "我的 photos" / NAME[:2]).is_dir()


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME.upper(), NAME[:-1] + "/"])
def test_a_name_that_is_none_reaches_no_file(photos: PhotoFiles, name: str) -> None:
    assert photos.get(name, PhotoSize.THUMB) is None
    assert not photos.exists(name, PhotoSize.THUMB)
    photos.delete(name)
    with pytest.raises(ValueError, match="SHA-256"):
        photos.put(name, PhotoSize.THUMB, b"")


def test_what_a_killed_process_left_half_written_is_no_photo(tmp_path: Path) -> None:
    photos = open_photos(f"file://{tmp_path}")
    photos.put(NAME, PhotoSize.THUMB, b"small")
    (tmp_path / NAME[:2] / NAME[2:4] / "tmp123.part").write_bytes(b"sm")

    assert list(photos.names()) == [(NAME, PhotoSize.THUMB)]


def test_a_folder_that_cannot_be_written_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "photos").write_text("a file is in the way")

    with pytest.raises(StorageError):
        open_photos(f"file://{tmp_path}/photos").put(NAME, PhotoSize.THUMB, b"small")


@pytest.mark.parametrize("url", ["gs://bucket/photos", "s3:///photos", "photos", ""])
def test_another_kind_of_store_is_said_to_be_unknown(url: str) -> None:
    with pytest.raises(StorageError, match="file:///folder or s3://bucket/prefix"):
        open_photos(url)
