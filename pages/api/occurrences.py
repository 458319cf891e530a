"""`/api/v1/occurrences` and `.csv`: released sightings as open data, in Darwin Core terms.

Everything is read from the projection of the public view: a generalised record has the centre of
its grid cell, its month, and no recorder. Pages are in the order of public ids; `next` is the
address of the next one.
"""

import csv
import io
from collections.abc import Sequence
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from observations.base.json_objects import JsonObject
from observations.base.wording import N_
from observations.occurrences.darwin_core import ALWAYS, TERMS, darwin_core, dataset_name
from observations.occurrences.occurrence import PublicOccurrence
from pages.api.costly import costly
from pages.api.open_data import compact_json, open_answer
from pages.api.operations import GEOJSON, MALFORMED, UNCHANGED, Answer, Operation, routes_of
from pages.api.parameters import AFTER, FILTERS, limit_of, read_filters
from pages.parts.runtime import settings, store

CSV = "text/csv"
LIMIT = limit_of(100, 1_000, N_("一页多少条。"))
FILE = "green-traces-hangzhou-occurrences"
Page = tuple[list[PublicOccurrence], str | None]
JSON_TYPES = {str: "string", float: "number", int: "integer", bool: "boolean"}
Properties = Annotated[
    dict[str, Any],
    Meta(
        extra_json_schema={
            "properties": {term: {"type": JSON_TYPES[kind]} for term, kind in TERMS.items()},
            "required": list(ALWAYS),
            "description": N_("达尔文核心的词；不知道的不写。大致位置的记录只有格子中心和月份。"),
        }
    ),
]


class Point(JsonObject, frozen=True):
    """A GeoJSON point: longitude, then latitude."""

    type: Literal["Point"]
    coordinates: list[float]


class Occurrence(JsonObject, frozen=True):
    """A public sighting."""

    type: Literal["Feature"]
    id: UUID
    geometry: Point
    properties: Properties


class Occurrences(JsonObject, frozen=True):
    """A page of public sightings."""

    about = N_("WGS-84，经度在前。下一页的地址在 next 里，没有就是 null。")

    type: Literal["FeatureCollection"]
    title: str
    isDemo: bool
    next: str | None
    features: list[Occurrence]


@costly
def occurrences(request: Request) -> Response:
    """A page as GeoJSON."""
    records, following = _page(request)
    return open_answer(
        request,
        compact_json(_collection(records, following)),
        GEOJSON,
        _link(following),
    )


@costly
def occurrences_csv(request: Request) -> Response:
    """A page as CSV with a header row of Darwin Core terms.

    UTF-8 with the mark by which Chinese Excel knows it.
    """
    records, following = _page(request)
    demo = "-demo" if any(record.is_demo for record in records) else ""
    named = {"Content-Disposition": f'attachment; filename="{FILE}{demo}.csv"'}
    return open_answer(
        request,
        _table(records).encode("utf-8-sig"),
        f"{CSV}; charset=utf-8",
        named | _link(following),
    )


def _page(request: Request) -> Page:
    """The requested records, and the address of the next page."""
    query = request.query_params
    limit = LIMIT.read(query)
    records = store().map.page(read_filters(query), AFTER.read(query), limit + 1)
    if len(records) <= limit:
        return records, None
    return records[:limit], _next_address(request, records[limit - 1].public_id)


def _next_address(request: Request, last: UUID) -> str:
    given = {**request.query_params, "after": str(last)}
    return f"{settings().public_url}{request.url.path}?{urlencode(given)}"


def _link(following: str | None) -> dict[str, str]:
    return {"Link": f'<{following}>; rel="next"'} if following else {}


def _collection(records: Sequence[PublicOccurrence], following: str | None) -> Occurrences:
    is_demo = any(record.is_demo for record in records)
    features = [_feature(record) for record in records]
    return Occurrences("FeatureCollection", dataset_name(is_demo), is_demo, following, features)


def _feature(record: PublicOccurrence) -> Occurrence:
    terms = darwin_core(record, settings().public_url)
    place = Point("Point", [terms["decimalLongitude"], terms["decimalLatitude"]])
    known = {name: value for name, value in terms.items() if value is not None}
    return Occurrence("Feature", record.public_id, place, known)


def _table(records: Sequence[PublicOccurrence]) -> str:
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\r\n")
    writer.writerow(TERMS)
    for record in records:
        terms = darwin_core(record, settings().public_url)
        writer.writerow([cell(terms[name]) for name in TERMS])
    return rows.getvalue()


def cell(value: object) -> object:
    """A value as it stands in CSV; a text that a spreadsheet would run as a formula gets a `'`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return value


RISKY = ("=", "+", "-", "@", "\t", "\r")
PARAMETERS = (*FILTERS, AFTER, LIMIT)
OPERATIONS = (
    Operation(
        "get",
        "/api/v1/occurrences",
        occurrences,
        N_("核实并公开的遇见，GeoJSON，每页一段"),
        {
            200: Answer(N_("一页记录。"), (Occurrences,), GEOJSON),
            304: UNCHANGED,
            400: MALFORMED,
        },
        PARAMETERS,
    ),
    Operation(
        "get",
        "/api/v1/occurrences.csv",
        occurrences_csv,
        N_("同样的记录，CSV，列名是达尔文核心的词"),
        {200: Answer(N_("一页记录。"), media_type=CSV), 304: UNCHANGED, 400: MALFORMED},
        PARAMETERS,
    ),
)
ROUTES = routes_of(OPERATIONS)
