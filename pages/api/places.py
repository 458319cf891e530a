"""`GET /api/v1/places?q=&limit=`: places by name, for whoever knows no better."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.base.errors import Refused
from observations.places.districts import DISTRICTS
from observations.places.finding import QUERY_LENGTH
from observations.places.named_place import NamedPlace
from pages.api.open_data import asked_number
from pages.parts.answers import answered
from pages.parts.gazetteer import place_index
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language

USUAL, MOST = 13, 50  # without a question: the districts


@answered
async def places(request: Request) -> Response:
    """At most `limit` (1 to 50, usually 13) places, the likeliest first; `q` of 40 characters at
    most, else 422 `text.too_long`; 400 `filter.malformed`. Without `q` the districts come first."""
    query = request.query_params.get("q", "")
    if len(query) > QUERY_LENGTH:
        raise Refused("text.too_long", "q", limit=QUERY_LENGTH, length=len(query))
    limit = asked_number(request.query_params, "limit", USUAL, MOST)
    index = await run_in_threadpool(place_index)
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    found = index.search(query, limit)
    return JSONResponse({"places": [described(place, language) for place in found]})


def described(place: NamedPlace, language: str) -> dict[str, Any]:
    """A place as the recorder sees it: a WGS-84 point and the metres of the circle round it."""
    district = DISTRICTS.get(place.district or "")
    return {
        "place_id": str(place.place_id),
        "name": place.name(language),
        "name_zh": place.name_zh,
        "name_en": place.name_en,
        "kind": place.kind,
        "district": place.district,
        "district_name": district.name(language) if district else None,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "uncertainty_m": place.uncertainty_m,
    }


ROUTES = [Route("/api/v1/places", places)]
