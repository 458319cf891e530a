"""The storage of photo files: two sizes each, named by the SHA-256 of the received bytes.

The id of the store that the files belong to lies beside them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class PhotoSize(StrEnum):
    """The two sizes in which a photo is stored."""

    THUMB = "thumb"
    LARGE = "large"


class PhotoFiles(Protocol):
    """The photo files. Files come before rows: put both sizes, then write the row.

    Every method raises `StorageError` where the files cannot be reached or written. A name that is
    no SHA-256 is a photo that does not exist.
    """

    def put(self, sha256: str, size: PhotoSize, data: bytes) -> None:
        """Store one file; when this returns it survives a power cut. It may be repeated."""
        ...

    def get(self, sha256: str, size: PhotoSize) -> bytes | None:
        """The file's bytes; None where it does not exist."""
        ...

    def exists(self, sha256: str, size: PhotoSize) -> bool:
        """Whether the file exists."""
        ...

    def delete(self, sha256: str) -> None:
        """Delete both sizes, those set aside too; nothing happens where there are none."""
        ...

    def is_away(self) -> bool:
        """Whether files cannot be read and written now, as far as a quick look tells."""
        ...

    def owner(self) -> UUID | None:
        """The id of the store that the photos belong to; None before it is known."""
        ...

    def belong_to(self, store_id: UUID) -> None:
        """Write the id of the store that the photos belong to."""
        ...

    def set_aside(self, sha256: str, day: date) -> int:
        """Move both sizes into the folder of that day, which is not served; gives their number."""
        ...

    def photos_aside(self) -> Iterator[tuple[str, date]]:
        """Every photo that was set aside, with the day."""
        ...

    def take_back(self, sha256: str) -> int:
        """Move sizes that were set aside back where they are missing; gives the number moved."""
        ...

    def empty_aside(self, before: date) -> int:
        """Delete what was set aside before that day; gives the number of files."""
        ...

    def names(self) -> Iterator[tuple[str, PhotoSize]]:
        """Every stored file, in no particular order: (SHA-256, size)."""
        ...

    def written_at(self, sha256: str) -> datetime | None:
        """When a photo's files were last put (aware); None where there are none."""
        ...

    def remove_half_written(self, before: datetime) -> int:
        """Delete a killed process's unfinished files that are older; gives the number of files."""
        ...


@dataclass(frozen=True)
class StoreIdentity:
    """The id of a store, and when it was made (aware)."""

    store_id: UUID
    made_at: datetime


@dataclass(frozen=True)
class PhotoDigest:
    """The SHA-256 of the two files of a photo, None before anybody looked at them.

    `is_damaged`: one of them was damaged or missing when they were compared last.
    """

    sha256: str
    thumb: str | None
    large: str | None
    is_damaged: bool = False

    def of(self, size: PhotoSize) -> str | None:
        """That of one size."""
        return self.thumb if size is PhotoSize.THUMB else self.large


class MediaReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def identity(self) -> StoreIdentity:
        """The id of this store, and when it was made."""
        ...

    def some_photos(self, maximum: int) -> list[str]:
        """Photos that a row names, at most so many."""
        ...

    def photos_of_nothing(self, sha256s: Sequence[str]) -> list[str]:
        """Those photos that no row of the store names."""
        ...

    def count_digests(self) -> int:
        """How many photos rows name."""
        ...

    def digests_after(self, sha256: str, maximum: int) -> list[PhotoDigest]:
        """Of the photos that rows name and that come after this name, by name, so many at most."""
        ...

    def digests_of(self, sha256s: Sequence[str]) -> list[PhotoDigest]:
        """Of these photos, as far as a row names them."""
        ...

    def due_digests(self, day: date, maximum: int) -> list[PhotoDigest]:
        """Of photos compared on that day or before it or never, the longest ago first."""
        ...

    def damaged_digests(self, maximum: int) -> list[PhotoDigest]:
        """Of photos with a file that was damaged or missing when they were compared last."""
        ...


class MediaWrites(MediaReads, Protocol):
    """Changes, inside a transaction."""

    def put_digests(self, digests: Sequence[PhotoDigest], day: date) -> None:
        """What the files of photos are, as they were put on that day."""
        ...

    def note_compared(self, digests: Sequence[PhotoDigest], day: date) -> None:
        """What comparing said; of photos that no row names any more nothing is kept."""
        ...

    def forget_digests(self, sha256s: Sequence[str]) -> None:
        """Forget the files of those photos that no row names any more."""
        ...


class Store(Protocol):
    """The reads that the room needs."""

    @property
    def media(self) -> MediaReads: ...
