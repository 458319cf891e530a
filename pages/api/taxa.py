"""`GET /api/v1/taxa`: the checklist by any name, as the finger types; `/likely`: what is recorded
most near here, now."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.base.clock import day_of, now_utc
from observations.base.errors import Refused
from observations.base.wording import translate
from observations.occurrences.likely import MOST as MOST_LIKELY
from observations.occurrences.likely import USUAL as USUAL_LIKELY
from observations.occurrences.likely import LikelyTaxon
from observations.taxa.current import FoundTaxon
from observations.taxa.search import QUERY_LENGTH
from observations.taxa.taxon import Group, group_of
from pages.api.open_data import asked_day, asked_number, asked_place, compact_json, open_answer
from pages.parts.answers import answered
from pages.parts.cards import drawing, photo
from pages.parts.taxa.checklist import find_taxa, recorded_here
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language

USUAL, MOST = 8, 50


@answered
async def taxa(request: Request) -> Response:
    """At most `limit` (1 to 50, usually 8) taxa, the likeliest first; `q` of 80 characters at most.

    `group` is one of the checklist's nine codes; `lat`, `lon` and `on` rank by what is recorded
    there and then. Answers 422 `text.too_long`, `choice.unknown`, 400 `filter.malformed`.
    """
    query = request.query_params.get("q", "")
    if len(query) > QUERY_LENGTH:
        raise Refused("text.too_long", "q", limit=QUERY_LENGTH, length=len(query))
    place, on = asked_place(request.query_params), asked_day(request.query_params, "on")
    limit = asked_number(request.query_params, "limit", USUAL, MOST)
    found = await run_in_threadpool(find_taxa, query, _group(request), limit, place, on)
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    body = {"taxa": [described(one, language) for one in found]}
    return open_answer(request, compact_json(body), "application/json")


@answered
async def likely(request: Request) -> Response:
    """What is recorded most near `lat`, `lon` in the season of `on` (usually today), for a group.

    Why this is no oracle stands in `observations/occurrences/likely.py`. Answers 422
    `choice.unknown`, 400 `filter.malformed`.
    """
    query, group = request.query_params, _group(request)
    place, on = asked_place(query), asked_day(query, "on") or day_of(now_utc())
    limit = asked_number(query, "limit", USUAL_LIKELY, MOST_LIKELY)
    found = await run_in_threadpool(recorded_here().likely, group, place, on, limit)
    body = {
        "scope": str(found.scope),
        "is_demo": found.is_demo,
        "taxa": [_likely(one) for one in found.taxa],
    }
    return open_answer(request, compact_json(body), "application/json")


def described(found: FoundTaxon, language: str) -> dict[str, Any]:
    """A taxon as programs and the recorder see it; `group_name` in the visitor's language."""
    taxon = found.taxon
    return {
        "taxon_id": str(taxon.taxon_id),
        "scientific_name": taxon.scientific_name,
        "vernacular_name": taxon.vernacular_name,
        "english_name": taxon.english_name,
        "other_name": found.other_name,
        "group": str(taxon.group),
        "group_name": translate(taxon.group.word, language),
        "picture": f"/assets/art/{taxon.picture}" if taxon.picture else None,
    }


def _likely(found: LikelyTaxon) -> dict[str, Any]:
    taxon = found.taxon
    own = f"/assets/art/{taxon.picture}" if taxon.picture else None
    group = drawing(f"group-{taxon.group.replace(' ', '-')}")
    return {
        "taxon_id": str(taxon.taxon_id),
        "chinese_name": taxon.vernacular_name,
        "scientific_name": taxon.scientific_name,
        "english_name": taxon.english_name,
        "group": str(taxon.group),
        "count": found.count,
        "photo": photo(found.photo_sha256) or own or group,
        "is_drawing": found.photo_sha256 is None,
    }


def _group(request: Request) -> Group | None:
    code = request.query_params.get("group") or None
    group = group_of(code)
    if code and group is None:
        raise Refused("choice.unknown", "group")
    return group


ROUTES = [Route("/api/v1/taxa", taxa), Route("/api/v1/taxa/likely", likely)]
