"""How open data travels: to any page of any site, packed, and only when it has changed."""

import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from observations.base.errors import Refused
from observations.map.exploring import Filters
from observations.places.districts import DISTRICTS, Box
from observations.taxa.taxon import group_of
from observations.verification.statuses import VerificationStatus

ANY_SITE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
ASK_EACH_TIME = "no-cache"  # a record may be withheld at any moment
SMALL = 500  # bytes that are not worth packing
GZIP_LEVEL = 6


def open_answer(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    """`body` for everyone, gzipped where the client can read that; 304 where it has it already.

    The tag is weak: packed and plain are the same data.
    """
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    sent = {**ANY_SITE, "ETag": tag, "Cache-Control": ASK_EACH_TIME, "Vary": "Accept-Encoding"}
    if has_it_already(request, tag):
        return Response(status_code=304, headers=sent)
    sent |= headers or {}
    if len(body) > SMALL and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, GZIP_LEVEL, mtime=0)
        sent["Content-Encoding"] = "gzip"
    return Response(body, media_type=media_type, headers=sent)


def has_it_already(request: Request, tag: str) -> bool:
    """Whether the client holds what `tag` stands for (RFC 9110: weak comparison)."""
    known = request.headers.get("if-none-match", "").split(",")
    marks = {given.strip().removeprefix("W/") for given in known}
    return tag.removeprefix("W/") in marks or "*" in marks


def compact_json(value: object) -> bytes:
    """JSON without blanks, its Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def asked_filters(query: QueryParams) -> Filters:
    """What a request asks for: `group taxon_id district from to status bbox`, all optional.

    Raises `Refused("filter.malformed")` with the name of the parameter and how it is written.
    """
    first, last = asked_day(query, "from"), asked_day(query, "to")
    if first and last and first > last:
        raise malformed("to", "from ≤ to")
    return Filters(
        group_code=_group(query),
        taxon_id=asked_id(query, "taxon_id"),
        district=_district(query),
        first_day=first,
        last_day=last,
        statuses=_statuses(query),
        box=_box(query),
    )


def malformed(name: str, expected: str) -> Refused:
    """The refusal of a parameter that is not written as `expected` (words of the API, ASCII)."""
    return Refused("filter.malformed", name, name=name, expected=expected)


def asked_id(query: QueryParams, name: str) -> UUID | None:
    """The UUID in a parameter. Raises `Refused("filter.malformed")`."""
    text = query.get(name)
    if not text:
        return None
    if not WRITTEN_ID.fullmatch(text):
        raise malformed(name, "UUID")
    return UUID(text)


def asked_number(query: QueryParams, name: str, usual: int, most: int) -> int:
    """The whole number from 1 to `most` in a parameter. Raises `Refused("filter.malformed")`."""
    text = (query.get(name) or str(usual)).removesuffix(".0")  # JSON writes a whole number so too
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 1 <= number <= most:
        raise malformed(name, f"1–{most}")
    return number


def asked_day(query: QueryParams, name: str) -> date | None:
    """The day in a parameter. Raises `Refused("filter.malformed")`."""
    text = query.get(name)
    if not text:
        return None
    try:
        if len(text) == len(WRITTEN_DAY):  # `fromisoformat` takes weeks and days without dashes too
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise malformed(name, WRITTEN_DAY)


def asked_place(query: QueryParams) -> tuple[float, float] | None:
    """WGS-84 latitude and longitude in `lat` and `lon`; both or none.

    Raises `Refused("filter.malformed")`.
    """
    texts = query.get("lat"), query.get("lon")
    if not any(texts):
        return None
    try:
        latitude, longitude = (_number(text or "") for text in texts)
    except ValueError:
        raise malformed("lat, lon", PLACE) from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise malformed("lat, lon", PLACE)
    return latitude, longitude


def _number(text: str) -> float:
    """A number as JSON writes it: Python reads `1_0`, `nan` and blanks too."""
    if not re.fullmatch(WRITTEN_NUMBER, text):
        raise ValueError(text)
    return float(text)


def _group(query: QueryParams) -> str | None:
    code = query.get("group") or None
    if code is None:
        return None
    group = group_of(code)
    if group is None:
        raise malformed("group", "bird | mammal | … (/api/v1/taxa)")
    return str(group)


def _district(query: QueryParams) -> str | None:
    code = query.get("district") or None
    if code is not None and code not in DISTRICTS:
        raise malformed("district", " | ".join(DISTRICTS))
    return code


def _statuses(query: QueryParams) -> tuple[VerificationStatus, ...]:
    text = query.get("status")
    words = text.split(",") if text else []
    try:
        return tuple(VerificationStatus(word) for word in words)
    except ValueError:
        raise malformed("status", " , ".join(VerificationStatus)) from None


def _box(query: QueryParams) -> Box | None:
    text = query.get("bbox")
    if not text:
        return None
    try:
        west, south, east, north = (_number(part) for part in text.split(","))
    except ValueError:
        raise malformed("bbox", BBOX) from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise malformed("bbox", BBOX)
    return Box(west=west, south=south, east=east, north=north)


WRITTEN_DAY = "YYYY-MM-DD"
WRITTEN_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
WRITTEN_NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?"
BBOX = "west,south,east,north (WGS-84)"
PLACE = "lat=30.27&lon=120.06 (WGS-84)"
