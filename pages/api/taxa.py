"""`GET /api/v1/taxa?q=&group=&limit=`: the checklist by any name, as the finger types."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.log.errors import Refused
from observations.log.wording import translate
from observations.taxa.search import QUERY_LENGTH
from observations.taxa.taxon import Taxon, group_of
from pages.api.answers import answered
from pages.parts.checklist import recorded_counts, taxon_index
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language

USUAL, MOST = 8, 50


@answered
async def taxa(request: Request) -> Response:
    """At most `limit` (1 to 50, usually 8) taxa, the likeliest first; `q` of 80 characters at most.

    `group` is one of the checklist's nine codes. Answers 422 `text.too_long`, `choice.unknown`.
    """
    query = request.query_params.get("q", "")
    if len(query) > QUERY_LENGTH:
        raise Refused("text.too_long", "q", limit=QUERY_LENGTH, length=len(query))
    code = request.query_params.get("group") or None
    group = group_of(code)
    if code and group is None:
        raise Refused("choice.unknown", "group")
    counts = await run_in_threadpool(recorded_counts)
    index = await run_in_threadpool(taxon_index)
    found = index.search(query, group, _limit(request), counts)
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    return JSONResponse({"taxa": [described(taxon, language) for taxon in found]})


def described(taxon: Taxon, language: str) -> dict[str, Any]:
    """A taxon as programs and the recorder see it; `group_name` in the visitor's language."""
    return {
        "taxon_id": str(taxon.taxon_id),
        "scientific_name": taxon.scientific_name,
        "vernacular_name": taxon.vernacular_name,
        "english_name": taxon.english_name,
        "group": str(taxon.group),
        "group_name": translate(taxon.group.word, language),
        "picture": f"/assets/art/{taxon.picture}" if taxon.picture else None,
    }


def _limit(request: Request) -> int:
    """What was asked for, within 1 and 50; the usual where it is no number."""
    asked = request.query_params.get("limit", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else USUAL
    return min(max(number, 1), MOST)


ROUTES = [Route("/api/v1/taxa", taxa)]
