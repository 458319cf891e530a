"""`/photos/{sha256}/{thumb|large}.webp`: photos of sightings.

Released ones are for everyone, others for their observer and staff; anyone else gets 404.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.base.roles import may
from observations.media.store import PhotoSize
from pages.parts.answers import answered, who
from pages.parts.runtime import photos, store

PUBLIC = "public, max-age=3600"  # at most an hour, since a photo may be withheld
PRIVATE = "private, no-store"


@answered
async def photo(request: Request) -> Response:
    """The file, or 404."""
    sha256, name = request.path_params["sha256"], request.path_params["size"]
    size = PhotoSize(name) if name in set(PhotoSize) else None
    caching = await run_in_threadpool(_caching, request, sha256) if size else None
    data = await run_in_threadpool(photos().get, sha256, size) if size and caching else None
    if data is None:
        return Response(status_code=404, headers={"Cache-Control": "no-store"})
    return Response(data, media_type="image/webp", headers={"Cache-Control": caching or PRIVATE})


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
