"""Files that are there whole or not at all, also after a power cut."""

import os
import tempfile
from pathlib import Path

HALF_WRITTEN = ".part"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, mode 0600, sync it and give it its name."""
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
    sync_folder(path.parent)


def remove_database(path: Path) -> None:
    """Remove a DuckDB file that is not in use, and what lies beside it."""
    for ending in ("", ".wal", ".written"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
