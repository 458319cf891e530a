"""Restore: reading a backup of either engine into an empty store."""

import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from db.backup import FORMAT, KIND, MANIFEST, SECRET, Progress, digest
from db.engines.engine import wrapped
from db.migrating import Migration, migrate, migrations
from db.opening import engine_of, open_store
from observations.base.errors import StorageError
from observations.media.hashing import is_sha256
from observations.media.store import PhotoFiles, PhotoSize


def restore(
    url: str, photos: PhotoFiles, secret_file: Path, path: Path, progress: Progress
) -> dict[str, int]:
    """Read a backup into an empty store; gives the rows of each table, and "photos".

    The secret goes to `secret_file`, mode 0600. Photos come before rows, rows in one transaction.
    Raises `StorageError` with no row written where the store is not empty, or the file is no
    backup, damaged, or newer than the program.
    """
    try:
        with ZipFile(path) as archive:
            manifest = _manifest(archive)
            applied_then = _migrations_of(manifest)
            _require_empty(url)
            with tempfile.TemporaryDirectory(prefix="luji-restore-") as folder:
                _unpack(archive, manifest, Path(folder))
                count = _restore_photos(archive, photos, progress)
                _fill(url, applied_then, manifest, Path(folder), progress)
            _restore_secret(archive, secret_file)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise StorageError(f"{path}: not a backup of this program, or damaged: {error}") from error
    open_store(url).close()  # applies newer migrations, and loads reference data
    return {**{t: int(facts["rows"]) for t, facts in manifest["tables"].items()}, "photos": count}


def _manifest(archive: ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest.get("kind") != KIND or not all(
        re.fullmatch("[a-z_]+", table) for table in manifest["tables"]
    ):
        raise ValueError(MANIFEST)
    if manifest["format"] > FORMAT:
        raise StorageError("this backup is newer than the program; restore with a newer version")
    return manifest


def _migrations_of(manifest: dict[str, Any]) -> list[Migration]:
    """The backup's migrations, in this program's versions."""
    ours = {migration.number: migration for migration in migrations()}
    stored = {int(number): checksum for number, checksum in manifest["migrations"].items()}
    strange = [n for n, checksum in stored.items() if n not in ours or ours[n].checksum != checksum]
    if strange:
        raise StorageError(
            f"this backup has migration {max(strange):04d}, which the program does not know; "
            "restore with the version that made it, or a newer one"
        )
    return [ours[number] for number in sorted(stored)]


def _unpack(archive: ZipFile, manifest: dict[str, Any], folder: Path) -> None:
    for table, facts in manifest["tables"].items():
        path = folder / f"{table}.csv"
        with archive.open(f"tables/{table}.csv") as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file)
        if digest(path) != facts["sha256"]:
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
    url: str,
    applied_then: list[Migration],
    manifest: dict[str, Any],
    folder: Path,
    progress: Progress,
) -> None:
    engine = engine_of(url)
    try:
        migrate(engine, applied_then)
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
