"""Photo files in a folder: `file:///var/lib/luji/photos`.

`ab/cd/<sha256>-thumb.webp`: two levels, so that no folder holds more than a few thousand files of
a million.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from observations.base.errors import StorageError
from observations.media.hashing import is_sha256
from observations.media.store import PhotoFiles, PhotoSize

HALF_WRITTEN = ".part"


def open_photos(url: str) -> PhotoFiles:
    """The photo files at `url`. Only `file://` is known so far; raises `StorageError` otherwise."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderOfPhotos(Path(unquote(parts.netloc + parts.path)))
    raise StorageError(
        f"LUJI_MEDIA_URL: {parts.scheme or 'no'}:// photo store is not supported yet; use file://"
    )


class FolderOfPhotos:
    """`PhotoFiles` over a folder, which is made when the first photo comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, sha256: str, size: PhotoSize, data: bytes) -> None:
        """Keep one file: written beside its place, synced, then renamed into it at once."""
        if not is_sha256(sha256):
            raise ValueError("a photo is named by its SHA-256")
        path = self._path(sha256, size)
        with _wrapped():
            _make_folder(path.parent)
            _write_whole(path, data)

    def get(self, sha256: str, size: PhotoSize) -> bytes | None:
        """The file's bytes, or None."""
        if not is_sha256(sha256):
            return None
        with _wrapped():
            try:
                return self._path(sha256, size).read_bytes()
            except FileNotFoundError:
                return None

    def exists(self, sha256: str, size: PhotoSize) -> bool:
        """Whether the file is there."""
        with _wrapped():
            return is_sha256(sha256) and self._path(sha256, size).is_file()

    def delete(self, sha256: str) -> None:
        """Remove both sizes."""
        if not is_sha256(sha256):
            return
        with _wrapped():
            for size in PhotoSize:
                self._path(sha256, size).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, PhotoSize]]:
        """Every stored file; half-written ones of a killed process have another ending."""
        with _wrapped():
            for path in self.folder.glob("??/??/*.webp"):
                sha256, _, size = path.stem.partition("-")
                if is_sha256(sha256) and size in set(PhotoSize):
                    yield sha256, PhotoSize(size)

    def written_at(self, sha256: str) -> datetime | None:
        """When a photo's files were put last."""
        if not is_sha256(sha256):
            return None
        with _wrapped():
            times = [_modified(self._path(sha256, size)) for size in PhotoSize]
        return max((time for time in times if time), default=None)

    def remove_half_written(self, before: datetime) -> int:
        """Remove what a killed process left half written before then."""
        count = 0
        with _wrapped():
            for path in self.folder.glob(f"??/??/*{HALF_WRITTEN}"):
                written = _modified(path)
                if written and written < before:
                    path.unlink(missing_ok=True)
                    count += 1
        return count

    def _path(self, sha256: str, size: PhotoSize) -> Path:
        return self.folder / sha256[:2] / sha256[2:4] / f"{sha256}-{size}.webp"


def _modified(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


@contextlib.contextmanager
def _wrapped() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(f"photo files: {error.strerror}") from error


def _make_folder(folder: Path) -> None:
    """Make a folder and its parents, each entry synced in the folder above it."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _write_whole(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=HALF_WRITTEN)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
