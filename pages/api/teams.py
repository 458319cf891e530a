"""`/api/v1/teams`: the festival of six digits with its teams, and joining one of them."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

from msgspec import Meta
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from observations.base.errors import Refused
from observations.base.json_objects import JsonObject, read
from observations.base.wording import N_
from observations.festivals.festival import Festival as StoredFestival
from observations.festivals.festival import Membership
from observations.festivals.joining import find, join
from pages.api.bodies import read_json
from pages.api.operations import (
    READ_REFUSALS,
    TOO_MANY,
    WRITE_REFUSALS,
    Answer,
    Operation,
    json_answer,
    routes_of,
)
from pages.api.parameters import Parameter
from pages.parts.answers import answered, require_csrf
from pages.parts.festivals.result import days_words
from pages.parts.limits import allow, network_of, note_guess, require_guesses
from pages.parts.runtime import known_now, store
from pages.parts.session import device_of
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language, speaking

T = TypeVar("T")
LONGEST = 40  # characters of digits with blanks, and of a team's name before it is read
CODE = Parameter(
    "code",
    Annotated[str, Meta(max_length=LONGEST)],
    N_("海报上的六位数字。"),
    usual="",
    refusal="festival.unknown_code",
)


class Festival(JsonObject, frozen=True):
    """A festival and its teams; `days` are its days and districts, in the visitor's language."""

    code: str
    name: str
    days: str
    teams: list[str]


class Asked(JsonObject, frozen=True):
    """The festival of the digits that were asked for; null where none were."""

    festival: Festival | None


class Joined(JsonObject, frozen=True):
    """The team that this browser's sightings of the festival's days count for."""

    festival: Festival
    team: str


class Joining(JsonObject, frozen=True, kw_only=True):
    """A team's name; one that is new makes the team."""

    code: Annotated[str, Meta(max_length=LONGEST)]
    team: Annotated[str, Meta(max_length=LONGEST)]


@answered
async def teams(request: Request) -> Response:
    """The festival of `code`. Answers 422 `festival.unknown_code`, 429 after too many wrong."""
    code = CODE.read(request.query_params)
    festival = await run_in_threadpool(_asked, request, code) if code else None
    return json_answer(Asked(festival))


@answered
async def join_team(request: Request) -> Response:
    """The team that was joined; its sightings of before count too."""
    require_csrf(request)
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    allow("codes", device_id, network_of(request))
    payload = await read_json(request)
    return json_answer(await run_in_threadpool(_join, request, payload, device_id))


def _asked(request: Request, code: str) -> Festival:
    return _described(_guessed(request, lambda: find(store(), code)), request)


def _join(request: Request, payload: dict[str, Any], device_id: UUID) -> Joined:
    wish = read(Joining, payload)
    allow("names", device_id, network_of(request))
    membership = _guessed(
        request, lambda: join(store(), wish.code, wish.team, device_id, known_now())
    )
    return _joined(membership, request)


def _guessed(request: Request, ask: Callable[[], T]) -> T:
    """What `ask` gives; wrong digits count, and too many are refused unread."""
    device_id, network = device_of(request.cookies), network_of(request)
    require_guesses("festival_code", device_id, network)
    try:
        return ask()
    except Refused as refused:
        if refused.code == "festival.unknown_code":
            note_guess("festival_code", device_id, network)
        raise


def _joined(membership: Membership, request: Request) -> Joined:
    return Joined(_described(membership.festival, request), membership.team.name)


def _described(festival: StoredFestival, request: Request) -> Festival:
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    with speaking(language):
        days = days_words(festival)
    return Festival(festival.code, festival.name, days, _names(festival))


def _names(festival: StoredFestival) -> list[str]:
    return [team.name for team in store().festivals.teams(festival.festival_id)]


OPERATIONS = (
    Operation(
        "get",
        "/api/v1/teams",
        teams,
        N_("六位数字是哪个观察节，有哪些队"),
        {200: Answer(N_("观察节和它的队。"), (Asked,)), 429: TOO_MANY, **READ_REFUSALS},
        (CODE,),
    ),
    Operation(
        "post",
        "/api/v1/teams",
        join_team,
        N_("加入观察节的一个队；没有这个队就新建"),
        {200: Answer(N_("加入了。"), (Joined,)), **WRITE_REFUSALS},
        body=Joining,
    ),
)
ROUTES = routes_of(OPERATIONS)
