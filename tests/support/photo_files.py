"""Photo files of an age, and of nobody."""

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from observations.media.store import PhotoSize

if TYPE_CHECKING:
    from db.photos import FolderOfPhotos

TWO_DAYS = timedelta(days=2)


def age(photos: "FolderOfPhotos", by: timedelta) -> None:
    """Make every file look that much older."""
    for path in photos.folder.rglob("*.*"):
        moment = path.stat().st_mtime - by.total_seconds()
        os.utime(path, (moment, moment))


def leave(photos: "FolderOfPhotos", count: int, by: timedelta = TWO_DAYS) -> list[str]:
    """So many photos (one file each) that no row knows, of that age; their names."""
    sha256s = [f"{number:064x}" for number in range(count)]
    for sha256 in sha256s:
        photos.put(sha256, PhotoSize.THUMB, b"a photo of another store")
    age(photos, by)
    return sha256s
