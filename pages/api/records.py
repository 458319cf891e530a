"""`POST /api/v1/records`: one sighting, sent as often as the network makes it, kept once."""

from typing import Any
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.base.clock import now_utc
from observations.base.errors import Refused
from observations.base.wording import translate
from observations.occurrences.checking import CHECK_WORDS
from observations.occurrences.recording import Receipt, submit
from observations.occurrences.report import read_report
from pages.api.bodies import read_json
from pages.parts.answers import answered, require_csrf
from pages.parts.limits import allow, network_of
from pages.parts.logs import event
from pages.parts.runtime import store
from pages.parts.session import device_of
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language


@answered
async def records(request: Request) -> Response:
    """201 with the receipt; 200 where this very record was here already."""
    require_csrf(request)
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    allow("records", device_id, network_of(request))
    payload = await read_json(request)
    receipt = await run_in_threadpool(_submit, payload, device_id)
    event("occurrence.received", is_new=receipt.is_new, flags=len(receipt.flags))
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    return JSONResponse(described(receipt, language), 201 if receipt.is_new else 200)


def _submit(payload: dict[str, Any], device_id: UUID) -> Receipt:
    now = now_utc()
    return submit(store(), read_report(payload, now), device_id, now)


def described(receipt: Receipt, language: str) -> dict[str, object]:
    """The receipt as the phone shows it."""
    flags = [
        {"code": flag.code, "message": translate(CHECK_WORDS[flag.code], language)}
        for flag in receipt.flags
    ]
    return {
        "status": "received" if receipt.is_new else "already",
        "id": str(receipt.occurrence_id),
        "number": receipt.number,
        "flags": flags,
        "needs_home_district": receipt.observer.home_district is None,
        "nickname": receipt.observer.nickname,
        "sighting": f"/sighting?id={receipt.occurrence_id}",
    }


ROUTES = [Route("/api/v1/records", records, methods=["POST"])]
