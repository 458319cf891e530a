"""`POST /api/v1/media`: one photo, uploaded on its own, with a client-made id."""

from typing import IO
from uuid import UUID

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.log.clock import now_utc
from observations.log.errors import Refused
from observations.log.ids import parse_id
from observations.occurrences.occurrence import Upload
from observations.occurrences.uploading import known_upload, receive
from pages.api.answers import answered, require_csrf
from pages.api.bodies import read_photo
from pages.parts.limits import allow, network_of
from pages.parts.runtime import photos, store
from pages.parts.session import device_of

DECODERS = 2  # photos decoded at once: one may take 300 MB
_decoders = anyio.CapacityLimiter(DECODERS)


@answered
async def media(request: Request) -> Response:
    """201 with the photo's hash and size; 200 where this upload was here already."""
    require_csrf(request)
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    allow("media", device_id, network_of(request))
    upload_id = parse_id(request.headers.get("x-upload-id"), "photos")
    known = await run_in_threadpool(known_upload, store(), upload_id, device_id)
    if known:
        return JSONResponse(described(known), 200)
    spool = await read_photo(request)
    upload = await anyio.to_thread.run_sync(
        _receive, upload_id, device_id, spool, limiter=_decoders
    )
    return JSONResponse(described(upload), 201)


def _receive(upload_id: UUID, device_id: UUID, spool: IO[bytes]) -> Upload:
    with spool:
        data = spool.read()
    return receive(store(), photos(), upload_id, device_id, data, now_utc())


def described(upload: Upload) -> dict[str, object]:
    """An upload as the phone sees it."""
    return {
        "upload_id": str(upload.upload_id),
        "sha256": upload.sha256,
        "width": upload.width,
        "height": upload.height,
        "thumb": f"/photos/{upload.sha256}/thumb.webp",
    }


ROUTES = [Route("/api/v1/media", media, methods=["POST"])]
