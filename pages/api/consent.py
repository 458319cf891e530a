"""`POST /api/v1/consent`: what a person agreed to, before anything else is sent."""

from typing import Annotated

from msgspec import Meta
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from observations.base.errors import Refused
from observations.base.json_objects import JsonObject, read, refused_as
from observations.base.wording import N_
from observations.people.consent import CONSENT_VERSION, PhotoLicence
from observations.people.consenting import give_consent
from pages.api.bodies import read_json
from pages.api.operations import WRITE_REFUSALS, Answer, Operation, routes_of
from pages.parts.answers import answered, require_csrf
from pages.parts.limits import allow, network_of
from pages.parts.runtime import known_now, store
from pages.parts.session import device_of

Version = Annotated[
    str,
    Meta(extra_json_schema={"const": CONSENT_VERSION}, extra=refused_as("consent.outdated")),
]
Licence = Annotated[PhotoLicence, Meta(extra=refused_as("consent.licence"))]


class Consent(JsonObject, frozen=True, kw_only=True):
    """What a person agrees to; an exact place has a separate tick."""

    version: Version
    place: bool = False
    photo_licence: Licence


@answered
async def consent(request: Request) -> Response:
    """204 when it is stored."""
    require_csrf(request)
    allow("consent", request.cookies.get("luji_device"), network_of(request))
    agreement = read(Consent, await read_json(request))
    await run_in_threadpool(_keep, request, agreement)
    return Response(status_code=204)


def _keep(request: Request, agreement: Consent) -> None:
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    give_consent(
        store(),
        device_id,
        agreement.version,
        agreement.place,
        agreement.photo_licence,
        known_now(),
    )


OPERATIONS = (
    Operation(
        "post",
        "/api/v1/consent",
        consent,
        N_("同意说明；在别的写入之前"),
        {204: Answer(N_("记下了。")), **WRITE_REFUSALS},
        body=Consent,
    ),
)
ROUTES = routes_of(OPERATIONS)
