"""Two hashes of a photo: one of its exact bytes, one of what it looks like."""

import hashlib
import re
from typing import BinaryIO

from PIL import Image

_SHA256 = re.compile("[0-9a-f]{64}")

# A picture 9 wide and 8 high has 64 steps from a point to its right neighbour, one bit each.
HASH_WIDTH, HASH_HEIGHT = 9, 8
PIECE = 256 * 1024
# Two sizes of one picture differ by 3 of 256 shades at most in any of 16 x 16 parts.
SAME_PARTS, MOST_APART = 16, 24


def sha256_of(data: bytes) -> str:
    """The SHA-256 of the bytes received, as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(file: BinaryIO) -> str:
    """The SHA-256 of a whole file, read in pieces."""
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def is_sha256(text: str) -> bool:
    """Whether a text can be the name of a photo; no other text becomes part of a file path."""
    return _SHA256.fullmatch(text) is not None


def picture_hash(picture: Image.Image) -> str:
    """A 64-bit difference hash (dHash, N. Krawetz 2013) as 16 hex digits.

    Each bit says whether a point is brighter than its right neighbour. Scaling and recompression
    change few bits; see `bits_between`.
    """
    small = picture.convert("L").resize((HASH_WIDTH, HASH_HEIGHT), Image.Resampling.BOX)
    grey = small.tobytes()
    bits = 0
    for row in range(HASH_HEIGHT):
        for column in range(HASH_WIDTH - 1):
            here = row * HASH_WIDTH + column
            bits = bits << 1 | (grey[here] > grey[here + 1])
    return f"{bits:016x}"


def bits_between(one: str, other: str) -> int:
    """How many of 64 bits differ between two picture hashes: 0 where they look the same."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def show_the_same(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures are one in two sizes: no part of them differs much in its brightness."""
    grey, others = (_grey(picture) for picture in (one, other))
    return all(abs(a - b) <= MOST_APART for a, b in zip(grey, others, strict=True))


def _grey(picture: Image.Image) -> bytes:
    parts = (SAME_PARTS, SAME_PARTS)
    return picture.convert("L").resize(parts, Image.Resampling.BOX).tobytes()
