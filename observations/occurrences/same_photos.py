"""The same photo in two records: pointed out to the verifier alone, and blamed on nobody.

About one photo in a thousand stands in two records for good reason (two species in one picture, a
team's shared album), so it refuses nothing and the person who sent it is not told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from observations.media.hashing import bits_between
from observations.occurrences.occurrence import Upload

# Two pictures are alike when at most three of 64 bits differ: then one of the four quarters of the
# hash is the same in both, and an index finds it. A copy made smaller or saved again, even at a
# quality of 30, changes none to three (measured over the test photographs).
ALIKE_BITS, QUARTERS, QUARTER = 3, 4, 4
# A wall, a sky, a black picture: nearly every step goes the same way, so it looks like any other.
FEWEST_STEPS = 6
MOST_NAMED = 5  # other records named to the verifier


@dataclass(frozen=True)
class SeenPicture:
    """A picture of another record: whose, its bytes' name and its picture hash."""

    occurrence_id: UUID
    sha256: str
    picture_hash: str


@dataclass(frozen=True)
class SamePhotos:
    """Other records with the very same photo, and with one that looks the same."""

    same: tuple[UUID, ...] = ()
    alike: tuple[UUID, ...] = ()


class PicturesReads(Protocol):
    """What is asked of photos. Every method may raise `StorageError`."""

    def records_with_photos(self, sha256s: Sequence[str], but: UUID) -> list[UUID]:
        """Records other than `but` that show one of these photos, the oldest first."""
        ...

    def pictures_like(self, hashes: Sequence[str], but: UUID) -> list[SeenPicture]:
        """Pictures of records other than `but` whose hash shares a quarter with one of these."""
        ...


def same_photos(reads: PicturesReads, uploads: Sequence[Upload], but: UUID) -> SamePhotos:
    """Where else these photos stand, by anyone; `but` is the record that they were sent for."""
    if not uploads:
        return SamePhotos()
    sha256s = [upload.sha256 for upload in uploads]
    same = reads.records_with_photos(sha256s, but)
    hashes = [upload.perceptual_hash for upload in uploads if tells_apart(upload.perceptual_hash)]
    pictures = reads.pictures_like(hashes, but) if hashes else []
    alike = [picture.occurrence_id for picture in pictures if _is_alike(picture, hashes)]
    return SamePhotos(_first(same), _first(other for other in alike if other not in same))


def tells_apart(picture_hash: str) -> bool:
    """Whether a picture has enough steps, up and down, to be told from another."""
    steps = int(picture_hash, 16).bit_count()
    return FEWEST_STEPS <= steps <= 64 - FEWEST_STEPS


def quarters_of(picture_hash: str) -> list[str]:
    """The four quarters of a picture hash, 4 hex digits each."""
    return [picture_hash[at * QUARTER : (at + 1) * QUARTER] for at in range(QUARTERS)]


def _is_alike(picture: SeenPicture, hashes: Iterable[str]) -> bool:
    return any(bits_between(picture.picture_hash, own) <= ALIKE_BITS for own in hashes)


def _first(records: Iterable[UUID]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(records))[:MOST_NAMED]
