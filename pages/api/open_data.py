"""Answers with open data: for pages of any site, compressed, and only when they have changed."""

import gzip
import hashlib
from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

ANY_SITE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
ASK_EACH_TIME = "no-cache"  # a record may be withheld at any moment
SMALL = 500  # bytes below which compression is not worth it
GZIP_LEVEL = 6


def open_answer(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    """`body` for everyone, gzipped where the client accepts that; 304 where it has it already.

    The tag is weak: compressed or not, the data is the same.
    """
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    sent = {**ANY_SITE, "ETag": tag, "Cache-Control": ASK_EACH_TIME, "Vary": "Accept-Encoding"}
    if is_unchanged(request, tag):
        return Response(status_code=304, headers=sent)
    sent |= headers or {}
    if len(body) > SMALL and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, GZIP_LEVEL, mtime=0)
        sent["Content-Encoding"] = "gzip"
    return Response(body, media_type=media_type, headers=sent)


def is_unchanged(request: Request, tag: str) -> bool:
    """Whether the client has what `tag` identifies (RFC 9110: weak comparison)."""
    entries = request.headers.get("if-none-match", "").split(",")
    marks = {entry.strip().removeprefix("W/") for entry in entries}
    return tag.removeprefix("W/") in marks or "*" in marks


def compact_json(value: object) -> bytes:
    """JSON without blanks and without escapes for Chinese."""
    return msgspec.json.encode(value)
