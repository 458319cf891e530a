"""Backup: every table at one moment, every photo that it names, and the secret.

A backup is a zip, the same for both engines: `manifest.json`, `tables/<name>.csv` (UTF-8, header,
every value quoted, NULL as `\\N` without quotes), `photos/<sha256>-<size>.webp`, `secret`. It is as
confidential as the store.
"""

import csv
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from db.engines.engine import Engine, wrapped
from db.migrating import applied
from observations.base.errors import StorageError
from observations.media.digests import faults_of
from observations.media.store import PhotoDigest, PhotoFiles, PhotoSize

KIND, FORMAT = "luji-backup", 1
MANIFEST, SECRET = "manifest.json", "secret"
MIGRATIONS = "schema_migration"
# The columns that name photos. The photo of a concern is named in its own table only.
NAMES_PHOTOS = (
    ("media", "sha256"),
    ("occurrence_media", "sha256"),
    ("action_entry", "photo_sha256"),
    ("concern", "photo_sha256"),
)
DIGESTS = "photo_digest"
NOTHING = ("", "\\N")
TRIES = 5
Progress = Callable[[str, int, int], None]


class PhotosGone(Exception):
    """The rows must be read again: photos went or changed since, or are lost or damaged."""

    def __init__(self, sha256s: set[str]) -> None:
        super().__init__(sorted(sha256s))
        self.sha256s = sha256s


@dataclass(frozen=True)
class Backup:
    """What was written: the rows of each table, and the number of photos.

    `lost` are photos (SHA-256) that rows name and of which a file is missing or damaged.
    """

    rows: dict[str, int]
    photos: int
    lost: list[str]


def back_up(
    engine: Engine, photos: PhotoFiles, secret: bytes, path: Path, now: datetime, progress: Progress
) -> Backup:
    """Write a backup to `path` while others read and write.

    Rows first, photos after: a row never names a photo that is not stored yet. Where one is
    missing or damaged, everything is read again: an erased one has no row any more, a lost one
    still has. The rest of what is lost is written. Whole or not at all; mode 0600. Raises
    `StorageError`, `OSError`.
    """
    missing: set[str] = set()
    for _ in range(TRIES):
        try:
            with _whole(path) as fresh:
                return _write(engine, _Copying(photos, missing, progress), secret, fresh, now)
        except PhotosGone as gone:
            missing |= gone.sha256s
    raise StorageError("photos were erased again and again while they were read; try later")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A temporary file beside `path`: renamed to it at the end, deleted after an error."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".backup-", suffix=".part")
    os.close(handle)
    fresh = Path(name)
    try:
        yield fresh
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


@dataclass(frozen=True)
class _Copying:
    """Copies photos; those that an earlier reading missed already may be missing or damaged."""

    photos: PhotoFiles
    missing: set[str]
    progress: Progress

    def copy(self, digests: dict[str, PhotoDigest], archive: ZipFile) -> None:
        """Into the archive; raises `PhotosGone`."""
        self._require(digests)
        for number, digest in enumerate(digests.values(), start=1):
            self._copy(digest, archive)
            self.progress("photos", number, len(digests))

    def _require(self, sha256s: Iterable[str]) -> None:
        fresh = [sha256 for sha256 in sha256s if sha256 not in self.missing]
        if gone := {s for s in fresh if not all(self.photos.exists(s, size) for size in PhotoSize)}:
            raise PhotosGone(gone)

    def _copy(self, digest: PhotoDigest, archive: ZipFile) -> None:
        data = {size: self.photos.get(digest.sha256, size) for size in PhotoSize}
        faults = {fault.size for fault in faults_of(digest, data)}
        if faults and digest.sha256 not in self.missing:
            raise PhotosGone({digest.sha256})
        for size, content in data.items():
            if size not in faults and content is not None:
                entry = ZipInfo(f"photos/{digest.sha256}-{size}.webp")
                entry.compress_type = ZIP_STORED
                archive.writestr(entry, content)


def _write(engine: Engine, copying: _Copying, secret: bytes, fresh: Path, now: datetime) -> Backup:
    with (
        tempfile.TemporaryDirectory(dir=fresh.parent, prefix=".backup-") as name,
        ZipFile(fresh, "w", ZIP_DEFLATED, compresslevel=4) as archive,
    ):
        folder = Path(name)
        manifest = _dump(engine, folder, copying.progress)
        for table in manifest["tables"]:
            archive.write(folder / f"{table}.csv", f"tables/{table}.csv")
        digests = _photos_of(folder)
        copying.copy(digests, archive)
        lost = sorted(copying.missing.intersection(digests))
        archive.writestr(SECRET, secret)
        photos = len(digests) - len(lost)
        manifest |= {"photos": photos, "lost": lost, "made_at": now.isoformat()}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    counts = {table: int(facts["rows"]) for table, facts in manifest["tables"].items()}
    return Backup(counts, photos, lost)


def _dump(engine: Engine, folder: Path, progress: Progress) -> dict[str, Any]:
    """Write every table of one moment into the folder; gives the manifest's fields about them."""
    facts: dict[str, Any] = {}
    with wrapped(engine), engine.snapshot() as connection:
        migrations = applied(connection)
        names = [name for name in engine.tables(connection) if name != MIGRATIONS]
        for number, name in enumerate(names, start=1):
            path = folder / f"{name}.csv"
            rows = engine.dump(connection, name, path)
            facts[name] = {"rows": rows, "sha256": digest(path)}
            progress("rows", number, len(names))
    return {"kind": KIND, "format": FORMAT, "migrations": migrations, "tables": facts}


def _photos_of(folder: Path) -> dict[str, PhotoDigest]:
    """The photos that the rows name, by name, with what is known of their files."""
    names = {row[column] for table, column in NAMES_PHOTOS for row in _rows_of(folder, table)}
    digests = {name: PhotoDigest(name, None, None) for name in sorted(names.difference(NOTHING))}
    for row in _rows_of(folder, DIGESTS):
        name, thumb, large = row["sha256"], row["thumb_sha256"], row["large_sha256"]
        if name in digests and thumb not in NOTHING:
            digests[name] = PhotoDigest(name, thumb, large)
    return digests


def _rows_of(folder: Path, table: str) -> Iterator[dict[str, str]]:
    path = folder / f"{table}.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
