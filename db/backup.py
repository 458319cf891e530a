"""Backup and restore: every table as it was at one moment, every photo it names, the secret.

A backup is a zip, the same for both engines: `manifest.json`, `tables/<name>.csv` (UTF-8, header,
every value quoted, NULL as `\\N` without quotes), `photos/<sha256>-<size>.webp`, `secret`. It is
as confidential as the store.
"""

import csv
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from db.engines.engine import Engine, wrapped
from db.migrating import Migration, applied, migrate, migrations
from db.opening import engine_of, open_store
from db.store import Store
from observations.log.errors import StorageError
from observations.media.hashing import is_sha256
from observations.media.store import PhotoFiles, PhotoSize

KIND, FORMAT = "luji-backup", 1
MANIFEST, SECRET = "manifest.json", "secret"
MIGRATIONS = "schema_migration"
# The tables that name photos, by their column sha256.
NAMES_PHOTOS = ("media", "occurrence_media")
TRIES = 5
Progress = Callable[[str, int, int], None]


class PhotoGone(Exception):
    """A photo was erased after the rows were read: they must be read again."""


def back_up(
    store: Store, photos: PhotoFiles, secret: bytes, path: Path, now: datetime, progress: Progress
) -> dict[str, int]:
    """Write a backup to `path` while others go on; rows a table, and "photos".

    Rows first, photos after: a row never names a photo that is not stored yet. Where one was
    erased between, everything is read again. Whole or not at all; mode 0600. Raises
    `StorageError`, `OSError`.
    """
    for _ in range(TRIES):
        try:
            with _whole(path) as fresh:
                return _write(store.engine, photos, secret, fresh, now, progress)
        except PhotoGone:
            continue
    raise StorageError("photos were erased again and again while they were read; try later")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file beside its place, renamed into it at the end, gone after an error."""
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


def _write(
    engine: Engine,
    photos: PhotoFiles,
    secret: bytes,
    fresh: Path,
    now: datetime,
    progress: Progress,
) -> dict[str, int]:
    with (
        tempfile.TemporaryDirectory(dir=fresh.parent, prefix=".backup-") as name,
        ZipFile(fresh, "w", ZIP_DEFLATED, compresslevel=4) as archive,
    ):
        folder = Path(name)
        manifest = _dump(engine, folder, progress)
        for table in manifest["tables"]:
            archive.write(folder / f"{table}.csv", f"tables/{table}.csv")
        wanted = _photos_of(folder)
        _copy_photos(photos, wanted, archive, progress)
        archive.writestr(SECRET, secret)
        manifest |= {"photos": len(wanted), "made_at": now.isoformat()}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    counts = {table: int(told["rows"]) for table, told in manifest["tables"].items()}
    return {**counts, "photos": len(wanted)}


def _dump(engine: Engine, folder: Path, progress: Progress) -> dict[str, Any]:
    """Every table of one moment into the folder; what the manifest says of them."""
    told: dict[str, Any] = {}
    with wrapped(engine), engine.snapshot() as connection:
        done = applied(connection)
        names = [name for name in engine.tables(connection) if name != MIGRATIONS]
        for number, name in enumerate(names, start=1):
            path = folder / f"{name}.csv"
            rows = engine.dump(connection, name, path)
            told[name] = {"rows": rows, "sha256": _digest(path)}
            progress("rows", number, len(names))
    return {"kind": KIND, "format": FORMAT, "migrations": done, "tables": told}


def _photos_of(folder: Path) -> list[str]:
    """The photos that the rows name, each once."""
    found: set[str] = set()
    for table in NAMES_PHOTOS:
        path = folder / f"{table}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                found.update(row["sha256"] for row in csv.DictReader(file))
    return sorted(found)


def _copy_photos(
    photos: PhotoFiles, wanted: list[str], archive: ZipFile, progress: Progress
) -> None:
    for number, sha256 in enumerate(wanted, start=1):
        for size in PhotoSize:
            data = photos.get(sha256, size)
            if data is None:
                raise PhotoGone(sha256)
            entry = ZipInfo(f"photos/{sha256}-{size}.webp")
            entry.compress_type = ZIP_STORED
            archive.writestr(entry, data)
        progress("photos", number, len(wanted))


def restore(
    url: str, photos: PhotoFiles, secret_file: Path, path: Path, progress: Progress
) -> dict[str, int]:
    """Read a backup into an empty place; rows a table, and "photos". The secret goes to
    `secret_file`, mode 0600. Photos come before rows, rows in one transaction.

    Raises `StorageError` with no row written where the place is not empty, the file
    is no backup, damaged, or newer than the program.
    """
    try:
        with ZipFile(path) as archive:
            manifest = _manifest(archive)
            known = _known(manifest)
            _require_empty(url)
            with tempfile.TemporaryDirectory(prefix="luji-restore-") as folder:
                _unpack(archive, manifest, Path(folder))
                count = _restore_photos(archive, photos, progress)
                _fill(url, known, manifest, Path(folder), progress)
            _restore_secret(archive, secret_file)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise StorageError(f"{path}: not a backup of this program, or damaged: {error}") from error
    open_store(url).close()  # what migrations came after the backup, and the seeds
    return {**{t: int(told["rows"]) for t, told in manifest["tables"].items()}, "photos": count}


def _manifest(archive: ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest.get("kind") != KIND or not all(
        re.fullmatch("[a-z_]+", table) for table in manifest["tables"]
    ):
        raise ValueError(MANIFEST)
    if manifest["format"] > FORMAT:
        raise StorageError("this backup is newer than the program; restore with a newer version")
    return manifest


def _known(manifest: dict[str, Any]) -> list[Migration]:
    """The migrations that the backup's store had, as this program has them."""
    ours = {migration.number: migration for migration in migrations()}
    done = {int(number): checksum for number, checksum in manifest["migrations"].items()}
    strange = [n for n, checksum in done.items() if n not in ours or ours[n].checksum != checksum]
    if strange:
        raise StorageError(
            f"this backup has migration {max(strange):04d}, which the program does not know; "
            "restore with the version that made it, or a newer one"
        )
    return [ours[number] for number in sorted(done)]


def _unpack(archive: ZipFile, manifest: dict[str, Any], folder: Path) -> None:
    for table, told in manifest["tables"].items():
        path = folder / f"{table}.csv"
        with archive.open(f"tables/{table}.csv") as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file)
        if _digest(path) != told["sha256"]:
            raise ValueError(table)


def _require_empty(url: str) -> None:
    engine = engine_of(url)
    try:
        with wrapped(engine), engine.reading() as connection:
            if engine.tables(connection):
                raise StorageError(
                    "the store is not empty; restore into a new LUJI_HOME or an empty database"
                )
    finally:
        engine.close()


def _fill(
    url: str, known: list[Migration], manifest: dict[str, Any], folder: Path, progress: Progress
) -> None:
    engine = engine_of(url)
    try:
        migrate(engine, known)
        tables = manifest["tables"]
        with wrapped(engine), engine.writing() as connection:
            for number, table in enumerate(tables, start=1):
                connection.execute(f"delete from {table}")  # a migration may have put rows there
                engine.fill(connection, table, folder / f"{table}.csv")
                progress("rows", number, len(tables))
    finally:
        engine.close()


def _restore_photos(archive: ZipFile, photos: PhotoFiles, progress: Progress) -> int:
    names = [name for name in archive.namelist() if name.startswith("photos/")]
    for number, name in enumerate(names, start=1):
        sha256, _, size = name.removeprefix("photos/").removesuffix(".webp").partition("-")
        if not is_sha256(sha256):
            raise ValueError(name)
        photos.put(sha256, PhotoSize(size), archive.read(name))
        progress("photos", number, len(names))
    return len(names) // len(PhotoSize)


def _restore_secret(archive: ZipFile, secret_file: Path) -> None:
    secret_file.unlink(missing_ok=True)
    handle = os.open(secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(archive.read(SECRET))
        file.flush()
        os.fsync(file.fileno())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
