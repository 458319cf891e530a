"""A photo that comes in pieces: where its connection broke, the next one goes on.

A phone says with the photo how long it is and where this piece begins. What came of it lies on the
disk under the browser's and the upload's id, for a day. A phone that says nothing sends it whole.
"""

import os
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

from msgspec import Meta
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from observations.base.errors import Refused
from observations.base.wording import N_
from pages.api.bodies import incoming, receive, refuse_full_disk, refuse_too_large
from pages.api.parameters import Parameter, malformed
from pages.parts.limits import network_of, short_key
from pages.parts.underway import underway

Bytes = Annotated[str, Meta(pattern="^[0-9]{1,10}$")]  # a header is text
BEGINS = Parameter(
    "Upload-Offset", Bytes, N_("断了再传时，这一段从第几个字节开始。"), "0", where="header"
)
WHOLE = Parameter(
    "Upload-Length", Bytes, N_("整张照片有多少字节；写了就能断了再传。"), "0", where="header"
)
KEPT_S = 24 * 3600


@dataclass(frozen=True)
class Piece:
    """Where it begins in the photo, and how long the whole photo is, in bytes."""

    offset: int
    length: int


def piece_of(request: Request) -> Piece | None:
    """What a request says of its piece; None where it sends a photo whole.

    Raises `Refused("filter.malformed")` where it says it in another way than in two numbers.
    """
    if not any(one.name in request.headers for one in (BEGINS, WHOLE)):
        return None
    return Piece(*(_number(request, one) for one in (BEGINS, WHOLE)))


def _number(request: Request, parameter: Parameter) -> int:
    text = parameter.read(request.headers)
    if text is None:
        raise malformed(parameter.name, parameter.expected)
    return int(text)


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
        own = await run_in_threadpool(_begin, path, piece)
        try:
            with own.open("ab", buffering=0) as file:
                await receive(request, file, coming)
            if own.stat().st_size != piece.length:
                raise Refused("photo.piece_missing", "photos")
            await run_in_threadpool(path.unlink, missing_ok=True)
            yield own
        finally:
            await run_in_threadpool(own.unlink, missing_ok=True)


def _begin(path: Path, piece: Piece) -> Path:
    """A file of this request's own that has what came before its piece.

    From now on it is what the upload goes on from, under `path` too; another request for the same
    upload writes another file, so that what both bring is never mixed. Raises
    `photo.piece_missing` where a piece before is missing.
    """
    _forget_old()
    own = path.with_name(f"{path.stem}-{uuid4().hex}.part")
    own.touch(mode=0o600)
    if piece.offset:
        with suppress(FileNotFoundError):
            shutil.copyfile(path, own)
    if own.stat().st_size < piece.offset:
        own.unlink()
        raise Refused("photo.piece_missing", "photos")
    os.truncate(own, piece.offset)
    linked = own.with_suffix(".link.part")
    linked.hardlink_to(own)
    linked.replace(path)
    return own


def _forget_old() -> None:
    long_ago = time.time() - KEPT_S
    for path in incoming().glob("*.part"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < long_ago:
                path.unlink()


def _path(device_id: UUID, upload_id: UUID) -> Path:
    return incoming() / f"{short_key((device_id, upload_id))}.part"
