"""Where a photo's files lie below a folder or a bucket's prefix."""

import re
from datetime import date

from observations.media.hashing import is_sha256
from observations.media.store import PhotoSize

OWNER, ASIDE = "store-id", "set-aside"
NAME = re.compile(r"(?:.*/)?(\w+)-(\w+)\.webp")


def file_of(sha256: str, size: PhotoSize) -> str:
    """With two levels no folder has more than a few thousand files of a million."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}-{size}.webp"


def aside_of(day: date, sha256: str, size: PhotoSize) -> str:
    """The place of a file that was set aside on that day."""
    return f"{ASIDE}/{day.isoformat()}/{sha256}-{size}.webp"


def named_by(path: str) -> tuple[str, PhotoSize] | None:
    """The photo and the size that a path names; None where it is no photo's."""
    parts = NAME.fullmatch(path)
    if parts is None or not is_sha256(parts[1]) or parts[2] not in set(PhotoSize):
        return None
    return parts[1], PhotoSize(parts[2])
