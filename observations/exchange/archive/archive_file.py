"""The archive as a file: made again only when its content changed, by one thread at a time."""

import os
import tempfile
import threading
from datetime import datetime
from pathlib import Path

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.exchange.archive.writing import Progress, Store, fingerprint_of, write_archive
from observations.exchange.survey_import import no_progress

_making = threading.Lock()


def require_address(site: str, is_demo: bool) -> None:
    """Let pass a site whose links lead somewhere.

    Raises `Refused`: `archive.no_address` for production without its public address.
    """
    if not site and not is_demo:
        raise Refused("archive.no_address")


def current_archive(store: Store, folder: Path, site: str, now: datetime) -> tuple[Path, str]:
    """The archive's file in `folder`, made where it is missing, and its fingerprint.

    The fingerprint is taken before the rows are read: a file never claims to be newer than it is.
    Raises `StorageError`, `OSError`.
    """
    with _making:
        mark = fingerprint_of(store, site)
        path = folder / f"dwca-{mark}.zip"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            export_archive(store, path, site, now, no_progress)
            for old in folder.glob("dwca-*.zip"):
                if old != path:
                    old.unlink(missing_ok=True)
    return path, mark


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
