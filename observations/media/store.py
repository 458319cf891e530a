"""The storage of photo files: two sizes each, named by the hash of the received bytes.

A store and its photo files know each other by the store's id, which lies beside the files too.
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
        """Remove both sizes, those set aside too; nothing happens where there are none."""
        ...

    def owner(self) -> UUID | None:
        """The id of the store whose photos these are; None before it is known."""
        ...

    def belong_to(self, store_id: UUID) -> None:
        """Write down whose photos these are."""
        ...

    def set_aside(self, sha256: str, day: date) -> int:
        """Move both sizes into the folder of that day, where nothing serves them; how many."""
        ...

    def photos_aside(self) -> Iterator[tuple[str, date]]:
        """Every photo that was set aside, and on which day."""
        ...

    def take_back(self, sha256: str) -> int:
        """Move sizes that were set aside back to where they are missing; how many."""
        ...

    def empty_aside(self, before: date) -> int:
        """Remove for good what was set aside before that day; how many files."""
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


@dataclass(frozen=True)
class StoreIdentity:
    """Which store this is, and since when (aware)."""

    store_id: UUID
    made_at: datetime


@dataclass(frozen=True)
class PhotoDigest:
    """The SHA-256 of the two files of a photo, None before anybody looked at them; whether one of
    them was damaged or missing when they were compared last."""

    sha256: str
    thumb: str | None
    large: str | None
    is_damaged: bool = False

    def of(self, size: PhotoSize) -> str | None:
        """That of one size."""
        return self.thumb if size is PhotoSize.THUMB else self.large


class MediaReads(Protocol):
    """What a store knows of photo files. Every method may raise `StorageError`."""

    def identity(self) -> StoreIdentity:
        """Which store this is, and since when."""
        ...

    def some_photos(self, maximum: int) -> list[str]:
        """Photos that a row points to, so many at most."""
        ...

    def photos_of_nothing(self, sha256s: Sequence[str]) -> list[str]:
        """Those photos that no row of the store knows."""
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
    """What the room reads."""

    @property
    def media(self) -> MediaReads: ...
