"""`GET /api/v1/places?q=&limit=`: places by name, for the recorder's search field."""

from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from observations.base.json_objects import JsonObject
from observations.base.wording import N_
from observations.places.districts import DISTRICTS
from observations.places.search import QUERY_LENGTH, Found
from pages.api.operations import MALFORMED, REFUSED, Answer, Operation, json_answer, routes_of
from pages.api.parameters import DistrictCode, limit_of, question
from pages.parts.answers import answered
from pages.parts.gazetteer import place_index
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language

QUESTION = question(QUERY_LENGTH, N_("名字或拼音；不写就是区县在前。"))
LIMIT = limit_of(13, 50, N_("最多多少个。"))  # without `q`: the districts


class NamedPlace(JsonObject, frozen=True):
    """A place for the recorder: a WGS-84 point and the radius in metres of the circle around it."""

    about = N_(
        "WGS-84；uncertainty_m 是盖住它的圆的半径（米），交记录时照抄，source 写 named；"
        "fit 是名字对得上几分：whole、start、inside、short、sound、behind，依次越来越松。"
    )

    place_id: UUID
    name: str
    name_zh: str
    name_en: str
    kind: str
    district: DistrictCode | None
    district_name: str | None
    latitude: float
    longitude: float
    uncertainty_m: float
    fit: str


class Places(JsonObject, frozen=True):
    """The likeliest first."""

    places: list[NamedPlace]


@answered
async def places(request: Request) -> Response:
    """At most `limit` (1 to 50, usually 13) places, the likeliest first.

    Without `q` the districts come first. A name that is nowhere has no places: an empty list.
    Answers 422 `text.too_long` where `q` has over 40 characters, 400 `filter.malformed`.
    """
    query, limit = QUESTION.read(request.query_params), LIMIT.read(request.query_params)
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    matches = await run_in_threadpool(lambda: place_index().found(query, limit))
    return json_answer(Places([described(match, language) for match in matches]))


def described(match: Found, language: str) -> NamedPlace:
    """A place, with its name and its district's in the visitor's language."""
    place = match.place
    district = DISTRICTS.get(place.district or "")
    return NamedPlace(
        place_id=place.place_id,
        name=place.name(language),
        name_zh=place.name_zh,
        name_en=place.name_en,
        kind=place.kind,
        district=place.district,
        district_name=district.name(language) if district else None,
        latitude=place.latitude,
        longitude=place.longitude,
        uncertainty_m=place.uncertainty_m,
        fit=match.fit.word,
    )


OPERATIONS = (
    Operation(
        "get",
        "/api/v1/places",
        places,
        N_("按名字找地点：区县、地名表、底图和工作人员加的；中文（繁简）、拼音、首字母、英文名"),
        {200: Answer(N_("最像的排在前面。"), (Places,)), 400: MALFORMED, 422: REFUSED},
        (QUESTION, LIMIT),
    ),
)
ROUTES = routes_of(OPERATIONS)
