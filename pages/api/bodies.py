"""Reading what a phone sends: bounded, before anything else looks at it."""

import json
import shutil
import tempfile
from typing import IO, Any

from starlette.requests import ClientDisconnect, Request

from observations.log.errors import Refused
from observations.media.formats import MAX_BYTES
from pages.parts.runtime import settings

JSON_BYTES = 64 * 1024
KEPT_FREE = 1024**3  # under 1 GB of free disk, uploads stop
IN_MEMORY = 1024**2


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object of a request. Raises `Refused("record.unreadable")`."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > JSON_BYTES:
            raise Refused("record.unreadable")
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        payload = None
    if not isinstance(payload, dict):
        raise Refused("record.unreadable")
    return payload


async def read_photo(request: Request) -> IO[bytes]:
    """The bytes of an upload in a temporary file, at its beginning.

    Raises `Refused`: `disk.full`, `photo.too_large` as soon as it is, `photo.empty`.
    """
    if shutil.disk_usage(settings().home).free < KEPT_FREE:
        raise Refused("disk.full")
    _refuse_too_large(int(request.headers.get("content-length") or 0))
    spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller closes it
    try:
        await _receive(request, spool)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool


async def _receive(request: Request, spool: IO[bytes]) -> None:
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            _refuse_too_large(size)
            spool.write(chunk)
    except ClientDisconnect:
        raise Refused("photo.empty", "photos") from None
    if not size:
        raise Refused("photo.empty", "photos")


def _refuse_too_large(size: int) -> None:
    if size > MAX_BYTES:
        raise Refused("photo.too_large", "photos", limit=MAX_BYTES // 2**20)
