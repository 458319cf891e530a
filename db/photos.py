"""Photo files in a folder: `file:///var/lib/luji/photos`.

A file is `ab/cd/<sha256>-thumb.webp`. `store-id` names the store they belong to; `set-aside/<day>/`
holds files that will be deleted, which are neither served nor backed up.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

from db.bucket import BucketOfPhotos
from db.photo_names import ASIDE, OWNER, file_of, named_by
from db.whole_files import HALF_WRITTEN, sync_folder, write_whole
from observations.base.errors import StorageError
from observations.media.hashing import is_sha256
from observations.media.store import PhotoFiles, PhotoSize


def open_photos(url: str) -> PhotoFiles:
    """The photo files at `url`, `file://` or `s3://`; raises `StorageError` for another kind."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderOfPhotos(Path(unquote(parts.netloc + parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        return BucketOfPhotos(url)
    raise StorageError(
        "LUJI_MEDIA_URL must be file:///folder or s3://bucket/prefix, and is "
        f"{parts.scheme or 'no'}://{parts.netloc}"
    )


class FolderOfPhotos:
    """`PhotoFiles` over a folder, which is made when the first photo comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._was_there = False

    def put(self, sha256: str, size: PhotoSize, data: bytes) -> None:
        """Store one file: written beside its place and synced, then renamed."""
        if not is_sha256(sha256):
            raise ValueError("a photo is named by its SHA-256")
        path = self._path(sha256, size)
        with _wrapped():
            _make_folder(path.parent)
            write_whole(path, data)

    def get(self, sha256: str, size: PhotoSize) -> bytes | None:
        """The file's bytes; None where it does not exist."""
        if not is_sha256(sha256):
            return None
        with _wrapped():
            try:
                return self._path(sha256, size).read_bytes()
            except FileNotFoundError:
                return None

    def exists(self, sha256: str, size: PhotoSize) -> bool:
        """Whether the file exists."""
        with _wrapped():
            return is_sha256(sha256) and self._path(sha256, size).is_file()

    def delete(self, sha256: str) -> None:
        """Delete both sizes, those set aside too; nothing happens where there are none."""
        if not is_sha256(sha256):
            return
        with _wrapped():
            for size in PhotoSize:
                self._path(sha256, size).unlink(missing_ok=True)
                for path in self._aside(sha256, size):
                    path.unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, PhotoSize]]:
        """Every stored file; unfinished ones of a killed process have another ending."""
        with _wrapped():
            for path in self.folder.glob("??/??/*.webp"):
                name = named_by(path.name)
                if name:
                    yield name

    def __str__(self) -> str:
        return str(self.folder)

    def is_away(self) -> bool:
        """Whether the folder went away or is unusable; it is made with the first photo."""
        if not self.folder.is_dir():
            return self._was_there
        self._was_there = True
        return not os.access(self.folder, os.R_OK | os.W_OK | os.X_OK)

    def owner(self) -> UUID | None:
        """The id of the store that the photos belong to; None before it is known."""
        with _wrapped():
            try:
                return UUID((self.folder / OWNER).read_text("ascii").strip())
            except FileNotFoundError:
                return None
            except ValueError as error:
                raise StorageError(
                    f"{self.folder / OWNER} is damaged: no id stands in it"
                ) from error

    def belong_to(self, store_id: UUID) -> None:
        """Write the id of the store that the photos belong to."""
        with _wrapped():
            _make_folder(self.folder)
            write_whole(self.folder / OWNER, f"{store_id}\n".encode())

    def set_aside(self, sha256: str, day: date) -> int:
        """Move both sizes into the folder of that day, which is not served; gives their number."""
        folder = self.folder / ASIDE / day.isoformat()
        count = 0
        with _wrapped():
            _make_folder(folder)
            for path in (self._path(sha256, size) for size in PhotoSize):
                with contextlib.suppress(FileNotFoundError):
                    path.replace(folder / path.name)
                    count += 1
        return count

    def photos_aside(self) -> Iterator[tuple[str, date]]:
        """Every photo that was set aside, with the day."""
        with _wrapped():
            for folder, day in self._days_aside():
                names = {path.stem.partition("-")[0] for path in folder.glob("*.webp")}
                yield from ((sha256, day) for sha256 in sorted(names) if is_sha256(sha256))

    def take_back(self, sha256: str) -> int:
        """Move sizes that were set aside, the latest first, back where they are missing."""
        count = 0
        with _wrapped():
            for size in PhotoSize:
                place = self._path(sha256, size)
                newest = max(self._aside(sha256, size), default=None)
                if newest and not place.exists():
                    _make_folder(place.parent)
                    newest.replace(place)
                    count += 1
        return count

    def empty_aside(self, before: date) -> int:
        """Delete what was set aside before that day; gives the number of files."""
        count = 0
        with _wrapped():
            for folder in [folder for folder, day in self._days_aside() if day < before]:
                count += sum(1 for _ in folder.glob("*.webp"))
                shutil.rmtree(folder)
        return count

    def _days_aside(self) -> Iterator[tuple[Path, date]]:
        for folder in sorted((self.folder / ASIDE).glob("????-??-??")):
            with contextlib.suppress(ValueError):
                yield folder, date.fromisoformat(folder.name)

    def _aside(self, sha256: str, size: PhotoSize) -> list[Path]:
        return list((self.folder / ASIDE).glob(f"????-??-??/{sha256}-{size}.webp"))

    def written_at(self, sha256: str) -> datetime | None:
        """When a photo's files were last put (aware); None where there are none."""
        if not is_sha256(sha256):
            return None
        with _wrapped():
            times = [_modified(self._path(sha256, size)) for size in PhotoSize]
        return max((time for time in times if time), default=None)

    def remove_half_written(self, before: datetime) -> int:
        """Delete a killed process's unfinished files that are older; gives the number of files."""
        count = 0
        with _wrapped():
            for path in self.folder.glob(f"??/??/*{HALF_WRITTEN}"):
                written = _modified(path)
                if written and written < before:
                    path.unlink(missing_ok=True)
                    count += 1
        return count

    def _path(self, sha256: str, size: PhotoSize) -> Path:
        return self.folder / file_of(sha256, size)


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
    """Make a folder and its parents, and sync the entry of each."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)
