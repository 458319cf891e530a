"""`POST /api/v1/me` (the home district) and `POST /recover` (records in another browser)."""

from functools import partial
from typing import Annotated

from msgspec import Meta
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from observations.base.errors import Refused
from observations.base.json_objects import JsonObject, read, refused_as
from observations.base.wording import N_
from observations.people.joining import choose_home_district
from observations.people.observer import ELSEWHERE
from observations.people.recovery import recover
from observations.places.districts import DISTRICTS
from pages.api.bodies import read_form, read_json
from pages.api.operations import WRITE_REFUSALS, Answer, Operation, routes_of
from pages.parts.answers import Error, answered, require_csrf
from pages.parts.limits import allow, network_of
from pages.parts.runtime import known_now, store
from pages.parts.session import device_of

Home = Annotated[
    str,
    Meta(
        extra_json_schema={"enum": [*DISTRICTS, ELSEWHERE]},
        extra=refused_as("district.unknown"),
    ),
]


class Me(JsonObject, frozen=True):
    """What a person says about themselves."""

    home_district: Home


@answered
async def me(request: Request) -> Response:
    """204 when the home district is stored."""
    require_csrf(request)
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    allow("me", device_id, network_of(request))
    home = read(Me, await read_json(request)).home_district
    keep = partial(choose_home_district, store(), device_id, home, DISTRICTS, known_now())
    await run_in_threadpool(keep)
    return Response(status_code=204)


async def recovered(request: Request) -> Response:
    """A redirect to /me with the records of the code's observer, or with the reason why not."""
    try:
        form = await read_form(request)
        await run_in_threadpool(_recover, request, form.get("csrf", ""), form.get("code", ""))
    except Refused as refused:
        return RedirectResponse(f"/me?refused={refused.code}", 303)
    return RedirectResponse("/me?recovered=1", 303)


def _recover(request: Request, csrf: str, code: str) -> None:
    require_csrf(request, csrf)
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    allow("recover", device_id, network_of(request))
    recover(store(), device_id, code, known_now())


OPERATIONS = (
    Operation(
        "post",
        "/api/v1/me",
        me,
        N_("选住在哪个区"),
        {
            204: Answer(N_("记下了。")),
            404: Answer(N_("还没有记录过。"), (Error,)),
            **WRITE_REFUSALS,
        },
        body=Me,
    ),
)
ROUTES = [*routes_of(OPERATIONS), Route("/recover", recovered, methods=["POST"])]
