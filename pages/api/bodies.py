"""Reading the body of a request up to a limit, before anything else uses it."""

import json
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from observations.base.errors import Refused
from observations.media.formats import MAX_BYTES
from pages.parts.limits import network_of
from pages.parts.runtime import INCOMING, settings
from pages.parts.underway import Coming, underway

JSON_BYTES = 64 * 1024
FORM_BYTES = 4 * 1024  # a few short fields; read before the sender is known
KEPT_FREE = 1024**3  # with less than 1 GB of free disk, uploads are refused
IN_MEMORY = 256 * 1024  # of each upload under way


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object of a request. Raises `Refused("record.unreadable")`."""
    body = await _bounded(request, JSON_BYTES, Refused("record.unreadable"))
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        payload = None
    if not isinstance(payload, dict):
        raise Refused("record.unreadable")
    return payload


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a plain form.

    Raises `Refused("form.too_long")` above 4 KB, without reading it where the request states its
    length.
    """
    refusal = Refused("form.too_long")
    if _content_length(request) > FORM_BYTES:
        raise refusal
    body = await _bounded(request, FORM_BYTES, refusal)

    async def receive() -> Message:
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    async with Request(request.scope, receive).form(max_files=0) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


async def _bounded(request: Request, limit: int, refusal: Refused) -> bytearray:
    """The body of a request with at most `limit` bytes; raises `refusal` where it has more."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise refusal
    return body


def _content_length(request: Request) -> int:
    declared = request.headers.get("content-length", "")
    return int(declared) if declared.isdecimal() else 0


@asynccontextmanager
async def photo_file(request: Request, device_id: UUID) -> AsyncIterator[Path]:
    """The bytes of an upload in a temporary file, deleted when the block ends.

    Raises `Refused`: `limit.too_many`, `disk.full`, `photo.empty`, and `photo.too_large` at the
    first byte too many.
    """
    refuse_full_disk()
    refuse_too_large(_content_length(request))
    with underway.one(device_id, network_of(request)) as coming:
        handle, name = await run_in_threadpool(tempfile.mkstemp, dir=incoming())
        try:
            with os.fdopen(handle, "wb", buffering=0) as file:
                await receive(request, file, coming)
            yield Path(name)
        finally:
            await run_in_threadpool(Path(name).unlink, missing_ok=True)


def incoming() -> Path:
    """The folder of uploads that are being received."""
    folder = settings().home / INCOMING
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


async def receive(request: Request, file: IO[bytes], coming: Coming) -> None:
    """Write the body in pieces, in a thread: a slow disk must not stall the event loop."""
    size, body = 0, bytearray()
    try:
        async for chunk in request.stream():
            size += len(chunk)
            refuse_too_large(size)
            coming.add(len(chunk))
            body += chunk
            if len(body) >= IN_MEMORY:
                await run_in_threadpool(_write, file, body)
                body = bytearray()
    except ClientDisconnect:
        await run_in_threadpool(file.write, body)  # a next piece goes on from here
        raise Refused("photo.empty", "photos") from None
    if not size:
        raise Refused("photo.empty", "photos")
    await run_in_threadpool(file.write, body)


def _write(file: IO[bytes], body: bytearray) -> None:
    refuse_full_disk()
    file.write(body)


def refuse_full_disk() -> None:
    """Raise `Refused("disk.full")` where less than `KEPT_FREE` is free."""
    if shutil.disk_usage(settings().home).free < KEPT_FREE:
        raise Refused("disk.full")


def refuse_too_large(size: int) -> None:
    """Raise `Refused("photo.too_large")` above what a photo may have."""
    if size > MAX_BYTES:
        raise Refused("photo.too_large", "photos", limit=MAX_BYTES // 2**20)
