"""`/api/v1/occurrences` and `.csv`: released sightings as open data, in Darwin Core's words.

Everything is read from the projection of the public view: a generalised record has the middle of
its grid cell, its month, and no recorder. Pages go by public id: follow `next`.
"""

import csv
import io
from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.occurrences.darwin_core import TERMS, darwin_core, dataset_name
from observations.occurrences.occurrence import PublicOccurrence
from pages.api.open_data import (
    asked_filters,
    asked_id,
    asked_number,
    compact_json,
    open_answer,
)
from pages.parts.answers import answered
from pages.parts.runtime import settings, store

USUAL, MOST = 100, 1_000
FILE = "green-traces-hangzhou-occurrences"
Page = tuple[list[PublicOccurrence], str | None]


@answered
async def occurrences(request: Request) -> Response:
    """A page as GeoJSON."""
    records, following = await run_in_threadpool(_page, request)
    return open_answer(
        request,
        compact_json(_collection(records, following)),
        "application/geo+json",
        _link(following),
    )


@answered
async def occurrences_csv(request: Request) -> Response:
    """A page as CSV, UTF-8, with a header row of Darwin Core terms."""
    records, following = await run_in_threadpool(_page, request)
    demo = "-demo" if any(record.is_demo for record in records) else ""
    named = {"Content-Disposition": f'attachment; filename="{FILE}{demo}.csv"'}
    return open_answer(
        request, _table(records).encode(), "text/csv; charset=utf-8", named | _link(following)
    )


def _page(request: Request) -> Page:
    """The records asked for, and the address of the next page."""
    query = request.query_params
    limit = asked_number(query, "limit", USUAL, MOST)
    records = store().map.page(asked_filters(query), asked_id(query, "after"), limit + 1)
    if len(records) <= limit:
        return records, None
    return records[:limit], _next_address(request, records[limit - 1].public_id)


def _next_address(request: Request, last: UUID) -> str:
    given = {**request.query_params, "after": str(last)}
    return f"{settings().public_url}{request.url.path}?{urlencode(given)}"


def _link(following: str | None) -> dict[str, str]:
    return {"Link": f'<{following}>; rel="next"'} if following else {}


def _collection(records: Sequence[PublicOccurrence], following: str | None) -> dict[str, object]:
    is_demo = any(record.is_demo for record in records)
    return {
        "type": "FeatureCollection",
        "title": dataset_name(is_demo),
        "isDemo": is_demo,
        "next": following,
        "features": [_feature(record) for record in records],
    }


def _feature(record: PublicOccurrence) -> dict[str, object]:
    terms = darwin_core(record, settings().public_url)
    place = [terms["decimalLongitude"], terms["decimalLatitude"]]
    return {
        "type": "Feature",
        "id": terms["occurrenceID"],
        "geometry": {"type": "Point", "coordinates": place},
        "properties": {name: value for name, value in terms.items() if value is not None},
    }


def _table(records: Sequence[PublicOccurrence]) -> str:
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\r\n")
    writer.writerow(TERMS)
    for record in records:
        terms = darwin_core(record, settings().public_url)
        writer.writerow([cell(terms[name]) for name in TERMS])
    return rows.getvalue()


def cell(value: object) -> object:
    """A value as it stands in CSV: a text that a spreadsheet would run as a formula gets a `'`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return value


RISKY = ("=", "+", "-", "@", "\t", "\r")
ROUTES = [
    Route("/api/v1/occurrences", occurrences),
    Route("/api/v1/occurrences.csv", occurrences_csv),
]
