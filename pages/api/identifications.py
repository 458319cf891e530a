"""`POST /api/v1/identifications`: what somebody says of another's public sighting."""

from typing import Any
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from observations.base.errors import Refused
from observations.base.json_objects import JsonObject, read
from observations.base.wording import N_
from observations.occurrences.community.saying import say
from observations.occurrences.community.voices import Certainty, Opinion
from pages.api.bodies import read_json
from pages.api.operations import WRITE_REFUSALS, Answer, Operation, routes_of
from pages.parts.answers import Error, answered, require_csrf
from pages.parts.limits import allow, network_of
from pages.parts.logs import event
from pages.parts.runtime import known_now, store
from pages.parts.session import device_of


class Identification(JsonObject, frozen=True, kw_only=True):
    """A taxon for somebody else's sighting, or the rank above it that is certain."""

    about = N_(
        "record 是遇见的公开编号。不写 taxon_id 就是收回。certainty 写 genus、family、order 或"
        " class：不是 taxon_id 这一种，只认到同属、同科、同目或同纲。"
    )

    record: UUID
    taxon_id: UUID | None = None
    certainty: Certainty = Certainty.TAXON


@answered
async def identifications(request: Request) -> Response:
    """204 when it is stored; the community's name is on the sighting's page."""
    require_csrf(request)
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    allow("identifications", device_id, network_of(request))
    payload = await read_json(request)
    await run_in_threadpool(_say, payload, device_id)
    event("occurrence.named_by_community")
    return Response(status_code=204)


def _say(payload: dict[str, Any], device_id: UUID) -> None:
    said = read(Identification, payload)
    say(store(), said.record, device_id, Opinion(said.taxon_id, said.certainty), known_now())


OPERATIONS = (
    Operation(
        "post",
        "/api/v1/identifications",
        identifications,
        N_("说说别人的一次公开的遇见是谁：同意、认得更细、不同意，或收回"),
        {
            204: Answer(N_("记下了。")),
            404: Answer(N_("没有这次公开的遇见。"), (Error,)),
            **WRITE_REFUSALS,
        },
        body=Identification,
    ),
)
ROUTES = routes_of(OPERATIONS)
