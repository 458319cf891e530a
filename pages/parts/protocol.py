"""The version of what the recorder and the server say to each other.

A recorder lies on a phone for weeks, and a server may be set back: each may be older than the
other. A recorder says its version with every write (`X-Luji-Protocol`; those before version 2 say
nothing) and is told which ones the server knows. What cannot be read is refused with a code on
which every recorder keeps what it has and tries again.
"""

from starlette.requests import Request
from starlette.responses import Response

from observations.base.errors import Refused

HEADER = "X-Luji-Protocol"
OLDEST, NEWEST = 1, 2
UNSAID = "1"


def require_protocol(request: Request) -> None:
    """Raise `Refused("protocol.too_old")` or `protocol.too_new` for a version not known here."""
    said = request.headers.get(HEADER, UNSAID)
    version = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else 0
    if version < OLDEST:
        raise Refused("protocol.too_old")
    if version > NEWEST:
        raise Refused("protocol.too_new")


def say_protocol(request: Request, response: Response) -> Response:
    """The response, with the versions that the server knows where the request says one."""
    if HEADER in request.headers:
        response.headers[HEADER] = f"{OLDEST}-{NEWEST}"
    return response
