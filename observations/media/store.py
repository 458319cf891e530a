"""The storage of photo files: two sizes each, named by the hash of the received bytes."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class PhotoSize(StrEnum):
    """The two sizes in which a photo is stored."""

    THUMB = "thumb"
    LARGE = "large"


class PhotoFiles(Protocol):
    """Where the photo files lie. Files come before rows: put both sizes, then write the row.

    Every method raises `StorageError` where the files cannot be reached or written. A name that is
    no SHA-256 is a photo that does not exist.
    """

    def put(self, sha256: str, size: PhotoSize, data: bytes) -> None:
        """Keep one file; when this returns it survives a power cut. Putting it again is fine."""
        ...

    def get(self, sha256: str, size: PhotoSize) -> bytes | None:
        """The file's bytes, or None."""
        ...

    def exists(self, sha256: str, size: PhotoSize) -> bool:
        """Whether the file is there."""
        ...

    def delete(self, sha256: str) -> None:
        """Remove both sizes; nothing happens where there are none."""
        ...

    def names(self) -> Iterator[tuple[str, PhotoSize]]:
        """Every stored file, in no order: (SHA-256, size)."""
        ...

    def written_at(self, sha256: str) -> datetime | None:
        """When a photo's files were put last (aware); None where there are none."""
        ...

    def remove_half_written(self, before: datetime) -> int:
        """Remove what a killed process left half written before then; how many files."""
        ...
