"""Reading a zip from outside: it is never unpacked, and its own statements are checked."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from observations.base.errors import Refused

MOST_MEMBERS = 1_000
MOST_BYTES = 8 * 1024**3
# Tables of text shrink to a tenth or a thirtieth of their size; zip bombs to a thousandth.
MOST_RATIO, RATIO_FROM_BYTES = 150, 64 * 1024**2
ENCRYPTED = 0x1
DAMAGED = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
    EOFError,
    zlib.error,
    struct.error,
)
LITTER = "__MACOSX/"


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """The zip, with its list of members checked.

    Raises `Refused`: `dataset.zip_broken`, `dataset.zip_path`, `dataset.zip_bomb`,
    `dataset.zip_locked`; `zip_broken` also while it is read inside the block.
    """
    with _whole(path) as archive:
        _check(archive.infolist())
        try:
            yield archive
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise Refused("dataset.zip_broken", "file") from error


def _whole(path: Path) -> zipfile.ZipFile:
    """The zip with its list of members read; a damaged list raises many kinds of errors."""
    try:
        return zipfile.ZipFile(path)
    except DAMAGED as error:
        raise Refused("dataset.zip_broken", "file") from error


def opened_member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A member of the zip, opened.

    Raises `Refused("dataset.zip_broken")` where it is not at the place that the list gives; zipfile
    raises an `OSError` then. An `OSError` while it is read is the disk's and is not caught.
    """
    try:
        return archive.open(name)
    except DAMAGED as error:
        raise Refused("dataset.zip_broken", "file") from error


def _check(members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        if not is_safe(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
            raise Refused("dataset.zip_path", "file", name=member.filename)
        if member.flag_bits & ENCRYPTED:
            raise Refused("dataset.zip_locked", "file", name=member.filename)
    if len({member.filename for member in members}) < len(members):
        raise Refused("dataset.zip_broken", "file")
    _check_sizes(members)


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    is_bomb = unpacked > RATIO_FROM_BYTES and unpacked / packed > MOST_RATIO
    if is_bomb or unpacked > MOST_BYTES or len(members) > MOST_MEMBERS:
        raise Refused("dataset.zip_bomb", "file", limit=MOST_BYTES // 1024**3)


def is_safe(name: str) -> bool:
    """Whether a member's name is a path inside the archive."""
    path = PurePosixPath(name)
    is_drive = len(name) > 1 and name[1] == ":"
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or is_drive)


def member_at(archive: zipfile.ZipFile, path: str) -> str | None:
    """The member of that path, be it written with `./` or in another case; None where none is."""
    exact = str(PurePosixPath(path))
    alike = {str(PurePosixPath(name)): name for name in archive.namelist()}
    if exact in alike:
        return alike[exact]
    others = [name for plain, name in alike.items() if plain.casefold() == exact.casefold()]
    return others[0] if len(others) == 1 else None


def members_named(archive: zipfile.ZipFile, name: str) -> list[str]:
    """Members of that file name (small letters; theirs in any case), the shallowest first.

    In any folder, without system files.
    """
    members = [
        member
        for member in archive.namelist()
        if PurePosixPath(member).name.lower() == name and not member.startswith(LITTER)
    ]
    return sorted(members, key=lambda member: PurePosixPath(member).as_posix().count("/"))
