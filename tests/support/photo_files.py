"""Photo files that are old, or that no row names."""

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from observations.media.store import PhotoSize

if TYPE_CHECKING:
    from db.photos import FolderOfPhotos

TWO_DAYS = timedelta(days=2)


def age(photos: "FolderOfPhotos", by: timedelta) -> None:
    """Make every file look older by that much."""
    for path in photos.folder.rglob("*.*"):
        moment = path.stat().st_mtime - by.total_seconds()
        os.utime(path, (moment, moment))


def leave(photos: "FolderOfPhotos", count: int, by: timedelta = TWO_DAYS) -> list[str]:
    """Store `count` photos (one file each) of that age that no row names; gives their names."""
    sha256s = [f"{number:064x}" for number in range(count)]
    for sha256 in sha256s:
        photos.put(sha256, PhotoSize.THUMB, b"a photo of another store")
    age(photos, by)
    return sha256s
