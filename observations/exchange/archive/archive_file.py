"""The archive as a file: made again only when its content changed, by one thread at a time."""

import os
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.exchange.archive.writing import Progress, Store, fingerprint_of, write_archive
from observations.exchange.survey_import import no_progress

ARCHIVES = "dwca-*.zip"
LONGEST_ERASURE = timedelta(minutes=1)  # from its time stamp to its commit
TRIES = 3
_making = threading.Lock()


def require_address(site: str, is_demo: bool) -> None:
    """Let pass a site whose links lead somewhere.

    Raises `Refused`: `archive.no_address` for production without its public address.
    """
    if not site and not is_demo:
        raise Refused("archive.no_address")


class ErasureReads(Protocol):
    """Whether somebody was erased. May raise `StorageError`."""

    def erased_since(self, moment: datetime | None) -> datetime | None:
        """When the first observer after `moment` was erased; None where nobody was."""
        ...


class ErasedStore(Protocol):
    """A store that knows of erasures."""

    @property
    def privacy(self) -> ErasureReads: ...


class ArchivedStore(Store, ErasedStore, Protocol):
    """The reads that an archive kept as a file needs."""


def current_archive(
    store: ArchivedStore, folder: Path, site: str, now: datetime
) -> tuple[Path, str]:
    """The archive's file in `folder`, made where it is missing, and its fingerprint.

    The fingerprint is taken before the rows are read: a file never claims to be newer than it is.
    Where somebody is erased while it is made, it is made again. Raises `StorageError`, `OSError`.
    """
    with _making:
        for _try in range(TRIES):
            path, mark = _made(store, folder, site, now)
            is_left = store.privacy.erased_since(now - LONGEST_ERASURE)
            if not is_left or fingerprint_of(store, site) == mark:
                break
            path.unlink(missing_ok=True)
        else:
            path, mark = _made(store, folder, site, now)
    return path, mark


def _made(store: Store, folder: Path, site: str, now: datetime) -> tuple[Path, str]:
    mark = fingerprint_of(store, site)
    path = folder / f"dwca-{mark}.zip"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        export_archive(store, path, site, now, no_progress)
        forget_archives(folder, but=path)
    return path, mark


def forget_archives(folder: Path, but: Path | None = None) -> None:
    """Delete the archives, which are made again when somebody asks. Raises `OSError`."""
    for path in folder.glob(ARCHIVES):
        if path != but:
            path.unlink(missing_ok=True)


def forget_archives_of_the_erased(store: ErasedStore, folder: Path) -> int:
    """Delete archives that are older than an erasure, of another process too; gives their number.

    Raises `StorageError`, `OSError`.
    """
    count = 0
    for path in folder.glob(ARCHIVES):
        made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if store.privacy.erased_since(made_at - LONGEST_ERASURE):
            path.unlink(missing_ok=True)
            count += 1
    return count


def export_archive(store: Store, path: Path, site: str, now: datetime, progress: Progress) -> int:
    """Write the archive to `path`, whole or not at all; gives the number of occurrences.

    Raises `StorageError`, `OSError`.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".dwca-", suffix=".part")
    try:
        with os.fdopen(handle, "w+b") as stream:
            count = write_archive(store, stream, site, day_of(now), progress)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return count
