"""Photo files in a folder."""

from pathlib import Path

import pytest

from db.photos import open_photos
from observations.base.errors import StorageError
from observations.media.hashing import sha256_of
from observations.media.store import PhotoSize

NAME = sha256_of(b"a photo")


def test_what_is_put_is_there_until_it_is_deleted(tmp_path: Path) -> None:
    photos = open_photos(f"file://{tmp_path}/photos")

    photos.put(NAME, PhotoSize.THUMB, b"small")
    photos.put(NAME, PhotoSize.LARGE, b"large")
    photos.put(NAME, PhotoSize.LARGE, b"large")

    assert photos.get(NAME, PhotoSize.THUMB) == b"small"
    assert photos.exists(NAME, PhotoSize.LARGE)
    assert set(photos.names()) == {(NAME, PhotoSize.THUMB), (NAME, PhotoSize.LARGE)}

    photos.delete(NAME)
    photos.delete(NAME)

    assert photos.get(NAME, PhotoSize.THUMB) is None
    assert list(photos.names()) == []


def test_the_files_lie_two_folders_deep(tmp_path: Path) -> None:
    open_photos(f"file://{tmp_path}").put(NAME, PhotoSize.THUMB, b"small")

    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert file.relative_to(tmp_path).as_posix() == f"{NAME[:2]}/{NAME[2:4]}/{NAME}-thumb.webp"


def test_a_folder_with_a_space_and_chinese_in_its_name_is_found(tmp_path: Path) -> None:
    photos = open_photos((tmp_path / "我的 photos").as_uri())

    photos.put(NAME, PhotoSize.THUMB, b"small")

    assert (tmp_path / "我的 photos" / NAME[:2]).is_dir()


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME.upper(), NAME[:-1] + "/"])
def test_a_name_that_is_none_reaches_no_file(tmp_path: Path, name: str) -> None:
    photos = open_photos(f"file://{tmp_path}")

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


def test_another_kind_of_store_is_said_to_be_unknown() -> None:
    with pytest.raises(StorageError, match="s3://"):
        open_photos("s3://bucket/photos")
