"""The definition of a route: one `Operation` serves it and describes it in `openapi.json`."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.base.json_objects import JsonObject
from observations.base.wording import N_
from pages.api.parameters import Parameter
from pages.parts.answers import Error

JSON = "application/json"
GEOJSON = "application/geo+json"
FORM = "application/x-www-form-urlencoded"
PHOTO = "image/*"


@dataclass(frozen=True)
class Answer:
    """The answer with one status: one of `kinds`; without any, no body or one that is not JSON."""

    about: str
    kinds: tuple[type[JsonObject], ...] = ()
    media_type: str = JSON


@dataclass(frozen=True)
class Operation:
    """One operation of the API; a write needs the browser's cookie and token."""

    method: str
    path: str
    handler: Callable[[Request], Awaitable[Response]]
    summary: str
    answers: Mapping[int, Answer]
    parameters: tuple[Parameter, ...] = ()
    body: type[JsonObject] | None = None
    body_type: str = JSON

    @property
    def is_write(self) -> bool:
        """Whether it changes something."""
        return self.method == "post"

    @property
    def is_form(self) -> bool:
        """Whether it is a page's form, with the token in a field and a page as the answer."""
        return self.body_type == FORM


def routes_of(operations: Iterable[Operation]) -> list[Route]:
    """The routes that serve them."""
    return [Route(one.path, one.handler, methods=[one.method.upper()]) for one in operations]


def json_answer(value: JsonObject, status: int = 200) -> Response:
    """`value` as JSON."""
    return Response(msgspec.json.encode(value), status, media_type=JSON)


OTHERWISE = Answer(N_("别的错误，同样的样子。"), (Error,))
MALFORMED = Answer(N_("参数没有读懂；message 说应该怎么写。"), (Error,))
UNCHANGED = Answer(N_("和你已有的（If-None-Match）一样。"))
REFUSED = Answer(N_("没有读懂，或规则不许。"), (Error,))
TOO_MANY = Answer(N_("太快了，歇一会儿。"), (Error,))
NOT_ALLOWED = Answer(N_("缺校验码（X-CSRF-Token），或还没有同意说明。"), (Error,))
WRITE_REFUSALS: Mapping[int, Answer] = {403: NOT_ALLOWED, 422: REFUSED, 429: TOO_MANY}
READ_REFUSALS: Mapping[int, Answer] = {304: UNCHANGED, 400: MALFORMED, 422: REFUSED}
