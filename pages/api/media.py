"""`POST /api/v1/media`: one photo, uploaded on its own, with a client-made id."""

from pathlib import Path
from uuid import UUID

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.base.clock import now_utc
from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.media.decoders import WORKERS
from observations.occurrences.occurrence import Upload
from observations.occurrences.uploading import keep, known_upload
from pages.api.bodies import photo_file
from pages.parts.answers import answered, require_csrf
from pages.parts.limits import allow, network_of
from pages.parts.runtime import decoders, photos, store
from pages.parts.session import device_of

_decoders = anyio.CapacityLimiter(WORKERS)  # the others wait without holding a thread


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
    async with photo_file(request) as path:
        upload = await anyio.to_thread.run_sync(
            _receive, upload_id, device_id, path, limiter=_decoders
        )
    return JSONResponse(described(upload), 201)


def _receive(upload_id: UUID, device_id: UUID, path: Path) -> Upload:
    photo = decoders().decode(path)
    size = path.stat().st_size
    return keep(store(), photos(), upload_id, device_id, photo, size, now_utc())


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
