"""`/photos/{sha256}/{thumb|large}.webp`: photos of sightings.

Released ones are for everyone, others for their observer and staff; anyone else gets 404. A record
whose place is generalised shows its photo under a name of its own instead of the SHA-256, in bytes
of its own, so that the same photo elsewhere is not found by it.
"""

import threading
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.base.roles import may
from observations.media.decoding import recut
from observations.media.hashing import is_sha256
from observations.media.store import PhotoSize
from pages.parts.answers import answered, who
from pages.parts.runtime import photos, store

PUBLIC = "public, max-age=3600"  # at most an hour, since a photo may be withheld
PRIVATE = "private, no-store"
MOST_HELD = 64  # pictures cut anew: some 10 MB
_cutting = threading.BoundedSemaphore(2)  # a large one costs a core for some 150 ms


@answered
async def photo(request: Request) -> Response:
    """The file, or 404."""
    name, size = request.path_params["sha256"], request.path_params["size"]
    is_photo = is_sha256(name) and size in set(PhotoSize)
    found = await run_in_threadpool(_found, request, name, PhotoSize(size)) if is_photo else None
    if found is None:
        return Response(status_code=404, headers={"Cache-Control": "no-store"})
    data, caching = found
    return Response(data, media_type="image/webp", headers={"Cache-Control": caching})


def _found(request: Request, name: str, size: PhotoSize) -> tuple[bytes, str] | None:
    """The file and its cache header; None where there is none for this visitor."""
    caching = _caching(request, name)
    data = photos().get(name, size) if caching else None
    if data and caching:
        return data, caching
    sha256 = store().occurrences.generalised_photo(name)
    own = _of_its_own(name, sha256, size) if sha256 else None
    return (own, PUBLIC) if own else None


@lru_cache(MOST_HELD)
def _of_its_own(name: str, sha256: str, size: PhotoSize) -> bytes | None:
    with _cutting:
        data = photos().get(sha256, size)
        return recut(data, name) if data else None


def _caching(request: Request, sha256: str) -> str | None:
    """The cache header of the photo for this visitor; None where they may not see it."""
    viewers = store().occurrences.photo_viewers(sha256)
    if any(is_public for _, is_public in viewers):
        return PUBLIC
    visitor = who(request)
    observer_id = visitor.person.observer_id
    if observer_id and any(owner == observer_id for owner, _ in viewers):
        return PRIVATE
    if may(visitor.person, "see_unreleased"):
        return PRIVATE
    sent = store().occurrences.upload_devices(sha256)
    return PRIVATE if visitor.device_id in sent else None


ROUTES = [Route("/photos/{sha256}/{size}.webp", photo)]
