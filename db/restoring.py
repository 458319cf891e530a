"""Restore: a backup of either engine, read into an empty place.

The secret comes first, then photos, then rows: into a DuckDB file beside, which takes its name at
the end, or into PostgreSQL in one transaction. `restoring` stands in the data folder until all of
it is there: a start on what a kill left is refused, and the same command begins anew.
"""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from db.backup import FORMAT, KIND, MANIFEST, SECRET, Progress, digest
from db.empty_places import fresh_database, is_empty
from db.engines.engine import wrapped
from db.engines.of_url import engine_of
from db.migrating import RECORD, Migration, apply, migrations, transaction
from db.opening import open_store
from db.whole_files import sync_folder, write_whole
from observations.base.errors import StorageError
from observations.base.settings import RESTORING
from observations.media.hashing import is_sha256
from observations.media.store import PhotoFiles, PhotoSize


def restore(
    url: str, photos: PhotoFiles, secret_file: Path, path: Path, progress: Progress
) -> dict[str, int]:
    """Read a backup into an empty store; gives the rows of each table, and "photos".

    The secret goes to `secret_file`, mode 0600.

    Raises `StorageError` with no row written and the secret as it was where the place is not
    empty, the file is no backup, damaged, or newer than the program. After a kill it is to be run
    again.
    """
    try:
        with ZipFile(path) as archive:
            manifest = _manifest(archive)
            place = _Place(url, secret_file, _name_of(manifest))
            if not place.is_filled():
                _restore(archive, manifest, place, photos, progress)
            count = len(_photos_in(archive)) // len(PhotoSize)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise StorageError(f"{path}: not a backup of this program, or damaged: {error}") from error
    open_store(url).close()  # what migrations came after the backup, and the seeds
    place.end()
    return {**{t: int(facts["rows"]) for t, facts in manifest["tables"].items()}, "photos": count}


def _restore(
    archive: ZipFile,
    manifest: dict[str, Any],
    place: "_Place",
    photos: PhotoFiles,
    progress: Progress,
) -> None:
    applied_then = _migrations_of(manifest)
    place.require_empty()
    with tempfile.TemporaryDirectory(prefix="luji-restore-") as name:
        folder = Path(name)
        _unpack(archive, manifest, folder)
        with place.begun(archive.read(SECRET)):
            _restore_photos(archive, photos, progress)
            with fresh_database(place.url) as url:
                _fill(url, applied_then, manifest, folder, progress)


class _Place:
    """Where a backup is restored to: a database, and the folder of the secret.

    `restoring` in that folder says which backup is on its way.
    """

    def __init__(self, url: str, secret_file: Path, backup: str) -> None:
        self.url, self._secret_file, self._backup = url, secret_file, backup
        self._mark = secret_file.with_name(RESTORING)

    def is_filled(self) -> bool:
        """Whether an earlier try was killed when all rows of this backup were there."""
        if not self._mark.exists() or self._mark.read_text("ascii") != self._backup:
            return False
        return not is_empty(self.url)

    def require_empty(self) -> None:
        """Raises `StorageError`."""
        if not is_empty(self.url):
            raise StorageError(
                "the store is not empty; restore into a new LUJI_HOME or an empty database"
            )

    @contextmanager
    def begun(self, secret: bytes) -> Iterator[None]:
        """Mark the place, put the secret; what fails inside leaves both as they were."""
        before = self._secret_file.read_bytes() if self._secret_file.exists() else None
        write_whole(self._mark, self._backup.encode())
        write_whole(self._secret_file, secret)
        try:
            yield
        except BaseException:
            if before is None:
                self._secret_file.unlink()
            else:
                write_whole(self._secret_file, before)
            self.end()
            raise

    def end(self) -> None:
        """All is there, or nothing."""
        self._mark.unlink(missing_ok=True)
        sync_folder(self._mark.parent)


def _name_of(manifest: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()


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


def _fill(
    url: str,
    applied_then: list[Migration],
    manifest: dict[str, Any],
    folder: Path,
    progress: Progress,
) -> None:
    """Schema and rows in one transaction: all of it or nothing."""
    engine = engine_of(url)
    tables = manifest["tables"]
    try:
        with wrapped(engine), engine.migrating() as connection, transaction(connection):
            connection.execute(RECORD)
            for migration in applied_then:
                apply(connection, migration, engine.name)
            for number, table in enumerate(tables, start=1):
                connection.execute(f"delete from {table}")  # a migration may have put rows there
                engine.fill(connection, table, folder / f"{table}.csv")
                progress("rows", number, len(tables))
    finally:
        engine.close()


def _photos_in(archive: ZipFile) -> list[str]:
    return [name for name in archive.namelist() if name.startswith("photos/")]


def _restore_photos(archive: ZipFile, photos: PhotoFiles, progress: Progress) -> None:
    names = _photos_in(archive)
    for number, name in enumerate(names, start=1):
        sha256, _, size = name.removeprefix("photos/").removesuffix(".webp").partition("-")
        if not is_sha256(sha256):
            raise ValueError(name)
        photos.put(sha256, PhotoSize(size), archive.read(name))
        progress("photos", number, len(names))
