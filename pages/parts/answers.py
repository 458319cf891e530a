"""How routes answer: errors in one form, in the visitor's language, and never a traceback."""

import functools
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from observations.base.errors import Refused, StorageError
from pages.parts.logs import event
from pages.parts.session import Visitor, device_of, identify, is_csrf_token
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language, sentence

Handler = Callable[[Request], Awaitable[Response]]
STATUS = {
    "filter.malformed": 400,
    "origin.foreign": 403,
    "csrf.missing": 403,
    "consent.missing": 403,
    "consent.place": 403,
    "role.may_not": 403,
    "decision.not_yours": 403,
    "observer.unknown": 404,
    "record.id_taken": 409,
    "action.id_taken": 409,
    "decision.stale": 409,
    "form.too_long": 413,
    "photo.too_large": 413,
    "photo.too_many_pixels": 413,
    "photo.not_an_image": 415,
    "photo.truncated": 415,
    "photo.undecodable": 415,
    "limit.too_many": 429,
    "disk.full": 507,
    "storage.unavailable": 503,
}
UNPROCESSABLE = 422


def answered(handler: Handler) -> Handler:
    """Turn `Refused` and `StorageError` into the API's form of an error."""

    @functools.wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refused:
            return refusal_answer(refused, request)
        except StorageError as error:
            event("storage.failed", kind=type(error).__name__, path=request.url.path)
            return refusal_answer(Refused("storage.unavailable"), request)

    return answer


def refusal_answer(refused: Refused, request: Request) -> JSONResponse:
    """`{"error": {"code", "message", "field"}}` with the code's status."""
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    message = sentence(refused, language)
    error = {"code": refused.code, "message": message, "field": refused.field}
    if "missing" in refused.values:
        error["missing"] = refused.values["missing"]  # what to send again
    status = STATUS.get(refused.code, UNPROCESSABLE)
    event("request.refused", code=refused.code, path=request.url.path)
    return JSONResponse({"error": error}, status)


def require_csrf(request: Request, token: str | None = None) -> None:
    """Raise `Refused("csrf.missing")` unless the request carries its browser's token."""
    given = token if token is not None else request.headers.get("x-csrf-token", "")
    if not is_csrf_token(device_of(request.cookies), given):
        raise Refused("csrf.missing")


def who(request: Request) -> Visitor:
    """Who is asking; reads the store, so call it in a thread."""
    return identify(request.cookies)
