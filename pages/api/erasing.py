"""`POST /api/v1/erase`: a form on /me erases the person, and the browser's cookies."""

from math import ceil

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from observations.base.errors import Refused
from observations.base.json_objects import JsonObject
from observations.base.wording import N_
from observations.exchange.archive.archive_file import forget_archives
from observations.privacy.erasing import erase
from pages.api.bodies import read_form
from pages.api.operations import FORM, Answer, Operation, routes_of
from pages.parts.answers import require_csrf
from pages.parts.leaving import is_confirmed
from pages.parts.limits import allow, network_of
from pages.parts.logs import event
from pages.parts.runtime import EXPORTS, known_now, photos, settings, store
from pages.parts.session import CSRF_COOKIE, DEVICE_COOKIE, device_of


class Erase(JsonObject, frozen=True):
    """The page's token and the confirming word."""

    csrf: str
    confirm: str


async def erased(request: Request) -> Response:
    """A redirect to /me, which shows the result."""
    try:
        form = await read_form(request)
        words = (form.get(name, "") for name in ("csrf", "confirm"))
        erased_at = await run_in_threadpool(_erase, request, *words)
    except Refused as refused:
        return RedirectResponse(f"/me?refused={refused.code}", 303)
    event("observer.erased")
    answer = RedirectResponse(f"/me?erased={erased_at}", 303)
    for cookie in (DEVICE_COOKIE, CSRF_COOKIE):
        answer.delete_cookie(cookie)
    return answer


def _erase(request: Request, csrf: str, confirmation: str) -> int:
    """Erase the person; gives the time in seconds of the epoch, from which /me has its message."""
    require_csrf(request, csrf)
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    allow("me", device_id, network_of(request))
    if not is_confirmed(confirmation):
        raise Refused("erase.not_confirmed", "confirm")
    now = known_now()
    erase(store(), photos(), settings().secret, device_id, now)
    forget_archives(settings().home / EXPORTS)
    return ceil(now.timestamp())


OPERATIONS = (
    Operation(
        "post",
        "/api/v1/erase",
        erased,
        N_("抹去自己：没公开的整条删掉，公开了的去掉你和照片"),
        {303: Answer(N_("回到 /me，那里说结果。"))},
        body=Erase,
        body_type=FORM,
    ),
)
ROUTES = routes_of(OPERATIONS)
