"""`POST /api/v1/records/check`: a look at a sighting before it is saved. Nothing is stored."""

from typing import Any
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.base.clock import now_utc
from observations.base.errors import Refused
from observations.occurrences.advice import Advice
from observations.occurrences.advising import Advised, advise
from observations.occurrences.draft import read_draft
from observations.occurrences.duplicates import Duplicate
from observations.occurrences.occurrence import receipt_number
from pages.api.bodies import read_json
from pages.parts.answers import answered, require_csrf
from pages.parts.limits import allow, network_of
from pages.parts.runtime import store
from pages.parts.session import device_of
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language


@answered
async def records_check(request: Request) -> Response:
    """200 with what the observer recorded already, and with advice; 403 before consent."""
    require_csrf(request)
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    allow("check", device_id, network_of(request))
    payload = await read_json(request)
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    advised = await run_in_threadpool(_advise, payload, device_id, language)
    return JSONResponse(described(advised, language))


def _advise(payload: dict[str, Any], device_id: UUID, language: str) -> Advised:
    return advise(store(), read_draft(payload), device_id, language, now_utc())


def described(advised: Advised, language: str) -> dict[str, object]:
    """The answer as the recorder shows it."""
    return {
        "duplicates": [_duplicate(found, language) for found in advised.duplicates],
        "advice": [_advice(found, language) for found in advised.advice],
    }


def _duplicate(found: Duplicate, language: str) -> dict[str, object]:
    record = found.record
    photo = record.photo_sha256
    return {
        "id": str(record.occurrence_id),
        "number": receipt_number(record.occurrence_id),
        "minutes_ago": found.minutes_ago,
        "metres_away": found.metres_away,
        "thumb": f"/photos/{photo}/thumb.webp" if photo else None,
        "sighting": f"/sighting?id={record.occurrence_id}",
        "message": found.sentence(language),
    }


def _advice(found: Advice, language: str) -> dict[str, object]:
    place = found.suggestion
    return {
        "code": found.code,
        "field": found.field,
        "message": found.sentence(language),
        "suggestion": {"latitude": place[0], "longitude": place[1]} if place else None,
    }


ROUTES = [Route("/api/v1/records/check", records_check, methods=["POST"])]
