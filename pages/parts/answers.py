"""Error answers of the routes: one form, in the visitor's language, without a traceback."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType
from starlette.requests import Request
from starlette.responses import Response

from observations.base.errors import Refused, StorageError
from observations.base.json_objects import JsonObject
from observations.base.wording import N_
from pages.parts.logs import event, fail
from pages.parts.protocol import require_protocol, say_protocol
from pages.parts.session import Visitor, device_of, identify, is_csrf_token
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language, sentence

Handler = Callable[[Request], Awaitable[Response]]
STATUS = {
    "filter.malformed": 400,
    "address.unreadable": 400,
    "address.unknown": 404,
    "origin.foreign": 403,
    "csrf.missing": 403,
    "consent.missing": 403,
    "consent.place": 403,
    "role.may_not": 403,
    "decision.not_yours": 403,
    "observer.unknown": 404,
    "community.unknown": 404,
    "community.own_record": 403,
    "person.suspended": 403,
    "record.id_taken": 409,
    "photo.piece_missing": 409,
    "protocol.too_old": 409,
    "protocol.too_new": 409,
    "action.id_taken": 409,
    "decision.stale": 409,
    "form.too_long": 413,
    "photo.too_large": 413,
    "photo.too_many_pixels": 413,
    "photo.not_an_image": 415,
    "photo.truncated": 415,
    "photo.undecodable": 415,
    "limit.too_many": 429,
    "limit.wait": 429,
    "disk.full": 507,
    "storage.unavailable": 503,
    "archive.no_address": 503,
}
UNPROCESSABLE = 422
ABOUT_DATA = ("Constraint", "Violation", "Data", "Conversion", "Unicode")
LONGEST_REASON = 300


class ErrorDetails(JsonObject, frozen=True):
    """The refusal's code, sentence and field; `missing` are ids of photos to send again."""

    code: str
    message: str
    field: str | None
    missing: list[UUID] | UnsetType = UNSET


class Error(JsonObject, frozen=True):
    """The form of every error."""

    about = N_("每个错误都是这个样子；message 是用访客的语言说的一句话。")

    error: ErrorDetails


def answered(handler: Handler) -> Handler:
    """Turn `Refused` and `StorageError` into the API's form of an error."""

    @functools.wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            response = await handler(request)
        except (Refused, StorageError) as error:
            response = error_answer(error, request)
        return say_protocol(request, response)

    return answer


def error_answer(error: Refused | StorageError, request: Request) -> Response:
    """An `Error`. The reason of a failure of the store goes to the log, not to the visitor."""
    if isinstance(error, Refused):
        return refusal_answer(error, request)
    storage_failed(error, request.url.path)
    return refusal_answer(Refused("storage.unavailable"), request)


def storage_failed(error: Exception, path: str) -> None:
    """Log a failure of the store or the disk with the driver's message.

    Values of a row could be personal; the driver gives them after the first line, or in errors
    about data, which are left out.
    """
    cause = error.__cause__ or error
    is_about_data = any(word in type(cause).__name__ for word in ABOUT_DATA)
    reason = "" if is_about_data else str(cause).partition("\n")[0][:LONGEST_REASON]
    fail("storage.failed", kind=type(cause).__name__, reason=reason, path=path)


def refusal_answer(refused: Refused, request: Request) -> Response:
    """An `Error` with the status of the refusal's code."""
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    message = sentence(refused, language)
    missing: Any = refused.values.get("missing", UNSET)
    error = Error(ErrorDetails(refused.code, message, refused.field, missing))
    status = STATUS.get(refused.code, UNPROCESSABLE)
    event("request.refused", code=refused.code, path=request.url.path[:LONGEST_REASON])
    return Response(msgspec.json.encode(error), status, media_type="application/json")


def require_csrf(request: Request, token: str | None = None) -> None:
    """Raise `Refused("csrf.missing")` unless the request carries its browser's token.

    Raises `protocol.too_old` or `protocol.too_new` where its page speaks another version.
    """
    require_protocol(request)
    sent_token = token if token is not None else request.headers.get("x-csrf-token", "")
    if not is_csrf_token(device_of(request.cookies), sent_token):
        raise Refused("csrf.missing")


def who(request: Request) -> Visitor:
    """The visitor of a request. It reads the store, so call it in a thread."""
    return identify(request.cookies)
