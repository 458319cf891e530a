"""The same photo in two records: shown to the verifier alone, and no reason to refuse.

About one photo in a thousand is in two records for a good reason (two species in one picture, a
team's shared album). The sender is not told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from observations.media.hashing import bits_between
from observations.occurrences.occurrence import Upload

# Two pictures count as alike when at most three of the 64 bits differ: then at least one of the
# four quarters of the hash is equal, and an index finds it. A copy that is smaller or saved again,
# even at a quality of 30, differs in three bits at most (measured over the test photographs).
ALIKE_BITS, QUARTERS, QUARTER_BITS = 3, 4, 16
# A wall, a sky or a black picture has nearly all steps in one direction; its hash fits others.
FEWEST_STEPS = 6
MOST_NAMED = 5  # most records that are named to the verifier


@dataclass(frozen=True)
class SeenPicture:
    """A picture of another record: the record, its SHA-256 and its picture hash."""

    occurrence_id: UUID
    sha256: str
    picture_hash: str


@dataclass(frozen=True)
class SamePhotos:
    """Other records with the very same photo, and with one that looks the same."""

    same: tuple[UUID, ...] = ()
    alike: tuple[UUID, ...] = ()


class PicturesReads(Protocol):
    """The reads of photos. Every method may raise `StorageError`."""

    def records_with_photos(self, sha256s: Sequence[str], but: UUID) -> list[UUID]:
        """Records other than `but` that show one of these photos, the oldest first."""
        ...

    def pictures_like(self, hashes: Sequence[str], but: UUID) -> list[SeenPicture]:
        """Pictures of records other than `but` whose hash shares a quarter with one of these."""
        ...


def same_photos(reads: PicturesReads, uploads: Sequence[Upload], but: UUID) -> SamePhotos:
    """Other records, by anyone, with these photos; `but` is the record they were sent for."""
    if not uploads:
        return SamePhotos()
    sha256s = [upload.sha256 for upload in uploads]
    same = reads.records_with_photos(sha256s, but)
    hashes = [
        upload.perceptual_hash for upload in uploads if is_distinctive(upload.perceptual_hash)
    ]
    pictures = reads.pictures_like(hashes, but) if hashes else []
    alike = [picture.occurrence_id for picture in pictures if _is_alike(picture, hashes)]
    return SamePhotos(_first(same), _first(other for other in alike if other not in same))


def is_distinctive(picture_hash: str) -> bool:
    """Whether a picture has enough steps, up and down, for its hash to identify it."""
    steps = int(picture_hash, 16).bit_count()
    return FEWEST_STEPS <= steps <= 64 - FEWEST_STEPS


def quarters_of(picture_hash: str) -> list[int]:
    """The four quarters of a picture hash, 4 hex digits each, as numbers."""
    number = int(picture_hash, 16)
    shifts = (QUARTER_BITS * at for at in reversed(range(QUARTERS)))
    return [(number >> shift) % 2**QUARTER_BITS for shift in shifts]


def _is_alike(picture: SeenPicture, hashes: Iterable[str]) -> bool:
    return any(bits_between(picture.picture_hash, own) <= ALIKE_BITS for own in hashes)


def _first(records: Iterable[UUID]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(records))[:MOST_NAMED]
