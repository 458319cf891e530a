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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from db.engines.engine import Engine, wrapped
from db.migrating import applied
from observations.base.errors import StorageError
from observations.media.store import PhotoFiles, PhotoSize

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
NOTHING = ("", "\\N")
TRIES = 5
Progress = Callable[[str, int, int], None]


class PhotosGone(Exception):
    """Photos were erased after the rows were read, or are lost: the rows must be read again."""

    def __init__(self, sha256s: set[str]) -> None:
        super().__init__(sorted(sha256s))
        self.sha256s = sha256s


@dataclass(frozen=True)
class Backup:
    """What was written: the rows of each table, and the number of photos.

    `lost` are photos (SHA-256) that rows name and of which a file is missing.
    """

    rows: dict[str, int]
    photos: int
    lost: list[str]


def back_up(
    engine: Engine, photos: PhotoFiles, secret: bytes, path: Path, now: datetime, progress: Progress
) -> Backup:
    """Write a backup to `path` while others read and write.

    Rows are read before photos: a row never names a photo that is not stored yet. Where a photo is
    missing, everything is read again: an erased one then has no row, a lost one still has, and is
    reported. The file is written whole or not at all, with mode 0600. Raises `StorageError`,
    `OSError`.
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
    """Copies photos; those in `missing` were missing at an earlier reading, and may be."""

    photos: PhotoFiles
    missing: set[str]
    progress: Progress

    def copy(self, sha256s: list[str], archive: ZipFile) -> None:
        """Copy photos into the archive; raises `PhotosGone`."""
        self._require(sha256s)
        for number, sha256 in enumerate(sha256s, start=1):
            for size in PhotoSize:
                self._copy(sha256, size, archive)
            self.progress("photos", number, len(sha256s))

    def _require(self, sha256s: list[str]) -> None:
        fresh = [sha256 for sha256 in sha256s if sha256 not in self.missing]
        if gone := {s for s in fresh if not all(self.photos.exists(s, size) for size in PhotoSize)}:
            raise PhotosGone(gone)

    def _copy(self, sha256: str, size: PhotoSize, archive: ZipFile) -> None:
        data = self.photos.get(sha256, size)
        if data is not None:
            entry = ZipInfo(f"photos/{sha256}-{size}.webp")
            entry.compress_type = ZIP_STORED
            archive.writestr(entry, data)
        elif sha256 not in self.missing:
            raise PhotosGone({sha256})


def _write(engine: Engine, copying: _Copying, secret: bytes, fresh: Path, now: datetime) -> Backup:
    with (
        tempfile.TemporaryDirectory(dir=fresh.parent, prefix=".backup-") as name,
        ZipFile(fresh, "w", ZIP_DEFLATED, compresslevel=4) as archive,
    ):
        folder = Path(name)
        manifest = _dump(engine, folder, copying.progress)
        for table in manifest["tables"]:
            archive.write(folder / f"{table}.csv", f"tables/{table}.csv")
        sha256s = _photos_of(folder)
        copying.copy(sha256s, archive)
        lost = sorted(copying.missing.intersection(sha256s))
        archive.writestr(SECRET, secret)
        photos = len(sha256s) - len(lost)
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


def _photos_of(folder: Path) -> list[str]:
    """The photos that the rows name, without repetitions."""
    sha256s: set[str] = set()
    for table, column in NAMES_PHOTOS:
        path = folder / f"{table}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                sha256s.update(row[column] for row in csv.DictReader(file))
    return sorted(sha256s.difference(NOTHING))


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
