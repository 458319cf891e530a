"""`POST /api/v1/consent`: what was agreed to, before the first byte leaves the phone."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.base.clock import now_utc
from observations.base.errors import Refused
from observations.people.consenting import give_consent
from pages.api.bodies import read_json
from pages.parts.answers import answered, require_csrf
from pages.parts.limits import allow, network_of
from pages.parts.runtime import store
from pages.parts.session import device_of


@answered
async def consent(request: Request) -> Response:
    """204 when kept."""
    require_csrf(request)
    allow("consent", request.cookies.get("luji_device"), network_of(request))
    payload = await read_json(request)
    await run_in_threadpool(_keep, request, payload)
    return Response(status_code=204)


def _keep(request: Request, payload: dict[str, Any]) -> None:
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    version, licence = str(payload.get("version")), str(payload.get("photo_licence"))
    give_consent(store(), device_id, version, payload.get("place") is True, licence, now_utc())


ROUTES = [Route("/api/v1/consent", consent, methods=["POST"])]
