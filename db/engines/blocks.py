"""Whether the blocks of a DuckDB file are as they were written.

Each block begins with a checksum of the rest, which DuckDB compares only when it reads the block
from the disk: what a server has in memory says nothing of the file. The file: a header, two headers
of the database of which the higher number counts, blocks. A block in use is never written again
until a checkpoint has written the next header.
"""

import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from db.engines.database_file import descriptor_of

HEADER_BYTES, HEADERS = 4096, 3
WORD = 8
SEED, FACTOR = 5381, np.uint64(0xBF58476D1CE4E5B9)
# Metadata lies in 64 parts of a block. A part begins with the place of the next one.
PARTS, NO_BLOCK, INDEX_SHIFT = 64, (1 << 64) - 1, 56
BLOCK_MASK = (1 << INDEX_SHIFT) - 1
TRIES = 5


@dataclass(frozen=True)
class Header:
    """What counts of a file: which checkpoint wrote it, and its blocks."""

    iteration: int
    free_list: int
    block_count: int
    block_bytes: int


def header_of(path: Path) -> Header | None:
    """The header that counts; None where none is whole. Raises `OSError`."""
    with descriptor_of(path) as file:
        return _header(file)


def damaged_blocks(path: Path) -> list[str]:
    """Which parts of the file are not as they were written, as sentences, beside a writer.

    Blocks that nothing uses may hold anything. Raises `OSError`.
    """
    with descriptor_of(path) as file:
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)  # the disk itself is asked
        suspects: Iterable[int] | None = None
        for _ in range(TRIES):
            header = _header(file)
            if header is None or not _is_whole(os.pread(file, HEADER_BYTES, 0)):
                return [f"the header of {path.name} is damaged"]
            bad = _bad_blocks(file, header, suspects)
            bad = bad - _free_blocks(file, header) if bad else bad
            if not bad or _header(file) == header:
                return [f"block {number} of {path.name} is damaged" for number in sorted(bad)]
            suspects = bad  # a checkpoint came between
    return []


def _header(file: int) -> Header | None:
    pages = [os.pread(file, HEADER_BYTES, HEADER_BYTES * number) for number in range(1, HEADERS)]
    fields = [struct.unpack_from("<6Q", page) for page in pages if _is_whole(page)]
    headers = [Header(one[1], one[3], one[4], one[5]) for one in fields]
    return max(headers, key=lambda header: header.iteration, default=None)


def _bad_blocks(file: int, header: Header, suspects: Iterable[int] | None) -> set[int]:
    numbers = range(header.block_count) if suspects is None else suspects
    return {n for n in numbers if n < header.block_count and not _is_whole(_block(file, header, n))}


def _block(file: int, header: Header, number: int) -> bytes:
    place = HEADER_BYTES * HEADERS + number * header.block_bytes
    return os.pread(file, header.block_bytes, place)


def _is_whole(data: bytes) -> bool:
    if len(data) < HEADER_BYTES:
        return False
    words = np.frombuffer(data, dtype="<u8")
    return int(np.bitwise_xor.reduce(words[1:] * FACTOR)) ^ SEED == int(words[0])


def _free_blocks(file: int, header: Header) -> set[int]:
    """The blocks that nothing uses; none where the list of them cannot be read."""
    words = _metadata(file, header)
    count = next(words, 0)
    if count > header.block_count:
        return set()
    return {number for _, number in zip(range(count), words, strict=False)}


def _metadata(file: int, header: Header) -> Iterator[int]:
    """The words of the list that begins where the header says."""
    size = (header.block_bytes - WORD) // PARTS // WORD * WORD
    place = header.free_list
    for _ in range(header.block_count * PARTS):
        block = _block(file, header, place & BLOCK_MASK) if place != NO_BLOCK else b""
        if not block or not _is_whole(block):
            return
        words = np.frombuffer(block, "<u8", size // WORD, WORD + (place >> INDEX_SHIFT) * size)
        place = int(words[0])
        yield from (int(word) for word in words[1:])
