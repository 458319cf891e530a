"""A photo that comes in pieces: where its connection broke, the next one goes on.

A phone says with the photo how long it is and where this piece begins. What came of it lies on the
disk under the browser's and the upload's id, for a day. A phone that says nothing sends it whole.
"""

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from observations.base.errors import Refused
from pages.api.bodies import incoming, receive, refuse_full_disk, refuse_too_large
from pages.api.parameters import malformed
from pages.parts.limits import network_of, short_key
from pages.parts.underway import underway

OFFSET, LENGTH = "Upload-Offset", "Upload-Length"
KEPT_S = 24 * 3600
DIGITS = 10
_latest: dict[Path, object] = {}


@dataclass(frozen=True)
class Piece:
    """Where it begins in the photo, and how long the whole photo is, in bytes."""

    offset: int
    length: int


def piece_of(request: Request) -> Piece | None:
    """What a request says of its piece; None where it sends a photo whole.

    Raises `Refused("filter.malformed")` where it says it in another way than in two numbers.
    """
    texts = [request.headers.get(name) for name in (OFFSET, LENGTH)]
    if texts == [None, None]:
        return None
    for name, text in zip((OFFSET, LENGTH), texts, strict=True):
        if not _is_number(text or ""):
            raise malformed(name, "0")
    return Piece(*(int(text or 0) for text in texts))


def came_of(device_id: UUID, upload_id: UUID) -> int:
    """How many bytes of an upload are here."""
    with suppress(FileNotFoundError):
        return _path(device_id, upload_id).stat().st_size
    return 0


@asynccontextmanager
async def photo_in_pieces(
    request: Request, device_id: UUID, upload_id: UUID, piece: Piece
) -> AsyncIterator[Path]:
    """The whole photo in a file, deleted when the block ends; its last piece was this one.

    Raises `Refused` as `photo_file`, and `photo.piece_missing` while a piece is missing.
    """
    refuse_full_disk()
    refuse_too_large(piece.length)
    path = _path(device_id, upload_id)
    with underway.one(device_id, network_of(request)) as coming:
        await run_in_threadpool(_make_room, path, piece)
        mine = _latest[path] = object()
        try:
            with path.open("ab", buffering=0) as file:
                await receive(request, file, coming, lambda: _latest.get(path) is mine)
        finally:
            if _latest.get(path) is mine:
                del _latest[path]
        if path.stat().st_size != piece.length:
            raise Refused("photo.piece_missing", "photos")
        # under a name of its own: the same photo, sent again meanwhile, begins a file anew
        whole = path.with_name(f"{path.stem}-{uuid4().hex}.part")
        path.replace(whole)
        try:
            yield whole
        finally:
            await run_in_threadpool(whole.unlink, missing_ok=True)


def _make_room(path: Path, piece: Piece) -> None:
    """Cut off what this piece brings again. Raises `photo.piece_missing` where one before is."""
    _forget_old()
    path.touch(mode=0o600)
    if path.stat().st_size < piece.offset:
        raise Refused("photo.piece_missing", "photos")
    os.truncate(path, piece.offset)


def _forget_old() -> None:
    long_ago = time.time() - KEPT_S
    for path in incoming().glob("*.part"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < long_ago:
                path.unlink()


def _path(device_id: UUID, upload_id: UUID) -> Path:
    return incoming() / f"{short_key((device_id, upload_id))}.part"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= DIGITS
