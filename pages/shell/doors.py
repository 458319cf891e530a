"""Every way in, in one table: who may call it, its largest body and how long that may take to come.

`docs/security.md` has the same rows for people, and `tests/pages/api/test_doors.py` holds both
against the routes of the running app. What is not here has no body.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from re import Pattern

from starlette.routing import compile_path
from starlette.types import Scope

from observations.base.errors import Refused
from observations.media.formats import MAX_BYTES
from pages.api.bodies import FORM_BYTES, JSON_BYTES
from pages.parts.desk_files import LARGEST_BYTES

EVERYONE = "everyone"
PAGE = "a page of ours"  # its Origin, the browser's signed cookie and its token
CONSENTED = "a page of ours, after consent"
OBSERVER = "a page of ours, of somebody with records"
OWNER = "its observer and staff; everyone once released"
MAKERS = "organisers and admins"
UPLOADERS = "staff signed in, on a page that asks for a file"
INSIDE = "programs of the own network, asking for themselves; else 404"
NOBODY = "nobody: 404"

WORK_LIMIT = "work"  # of `pages/api/costly.py`: milliseconds instead of requests
UPLOAD_FORM = 64 * 1024  # what a browser writes round a file


@dataclass(frozen=True)
class Door:
    """A route: who may call it, its largest body in bytes, and its limit.

    The body has to come whole in `seconds`; `limit` is a name of `pages/parts/limits.py`.
    """

    method: str
    path: str
    who: str
    largest: int = 0
    seconds: int = 0
    limit: str = ""
    too_large: str = "form.too_long"

    def refusal(self) -> Refused:
        """What a larger body is answered with."""
        return Refused(self.too_large, limit=self.largest // 2**20)


def _reads(who: str, *paths: str) -> list[Door]:
    return [Door("GET", path, who) for path in paths]


def _costly_reads(*paths: str) -> list[Door]:
    return [Door("GET", path, EVERYONE, limit=WORK_LIMIT) for path in paths]


def _json(path: str, who: str, limit: str) -> Door:
    return Door("POST", path, who, JSON_BYTES, 60, limit, "record.unreadable")


def _form(path: str, who: str, limit: str) -> Door:
    return Door("POST", path, who, FORM_BYTES, 30, limit)


FILE = "/_stcore/upload_file/{session_id}/{file_id}"
OURS = (
    *_costly_reads(
        "/api/v1/boards/points",
        "/api/v1/boards/satisfaction",
        "/api/v1/dwca.zip",
        "/api/v1/festivals/calendar.ics",
        "/api/v1/festivals/result.csv",
        "/api/v1/festivals/result.zip",
        "/api/v1/festivals/wall",
        "/api/v1/occurrences",
        "/api/v1/occurrences.csv",
        "/api/v1/taxa/likely",
        "/api/v1/taxa/names",
        "/field/names.json",
        "/sitemap.xml",
        "/tiles/city.svg",
        "/tiles/{z:int}/{x:int}/{y:int}.json",
    ),
    *_reads(
        EVERYONE,
        "/api/v1/media",
        "/api/v1/openapi.json",
        "/api/v1/places",
        "/api/v1/taxa",
        "/assets",
        "/basemap/style.json",
        "/basemap/{z:int}/{x:int}/{y:int}",
        "/field",
        "/field/",
        "/field/field.js",
        "/field/manifest/{language}",
        "/ground/ground.json",
        "/ground/{version}/{z:int}/{x:int}/{y:int}.mvt",
        "/healthz",
        "/lang/{language}",
        "/manifest/{language}",
        "/offline",
        "/staff/login",
        "/staff/oidc",
        "/staff/oidc/back",
        "/sw.js",
    ),
    *_reads(OWNER, "/photos/{sha256}/{size}.webp"),
    *_reads(MAKERS, "/staff/codes/{batch}", "/staff/festivals/{festival}"),
    *_reads(MAKERS, "/staff/festivals/{festival}/{paper}.pdf"),
    *_reads(MAKERS, "/staff/residence/{batch}", "/staff/rating"),
    _json("/api/v1/consent", PAGE, "consent"),
    Door("POST", "/api/v1/media", CONSENTED, MAX_BYTES, 600, "media", "photo.too_large"),
    _json("/api/v1/identifications", CONSENTED, "identifications"),
    _json("/api/v1/me", OBSERVER, "me"),
    _json("/api/v1/records", CONSENTED, "records"),
    _json("/api/v1/records/check", CONSENTED, "check"),
    Door("GET", "/metrics", INSIDE),
    Door("GET", "/api/v1/teams", EVERYONE, limit="festival_code"),
    _json("/api/v1/teams", CONSENTED, "codes"),
    _form("/api/v1/download", OBSERVER, "download"),
    _form("/api/v1/erase", PAGE, "me"),
    _form("/recover", PAGE, "recover"),
    _form("/staff/login", PAGE, "sign_in"),
    _form("/staff/logout", PAGE, ""),
)
STREAMLIT = (
    *_reads(EVERYONE, "", "/_stcore/health", "/_stcore/host-config", "/media/{file_id:path}"),
    Door("WEBSOCKET", "/_stcore/stream", EVERYONE, limit="stream"),
    Door("PUT", FILE, UPLOADERS, LARGEST_BYTES + UPLOAD_FORM, 300),
    Door("DELETE", FILE, UPLOADERS),
    *_reads(
        NOBODY,
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/agent/openapi.json",
        "/_stcore/bidi-components/{path:path}",
        "/_stcore/metrics",
        "/auth/login",
        "/auth/logout",
        "/component/{path:path}",
        "/oauth2callback",
    ),
)
DOORS = OURS + STREAMLIT
OTHERWISE = Door("", "", EVERYONE)


def door_of(scope: Scope) -> Door:
    """The door of a request; one without a body where there is no such."""
    for pattern, door in _with_bodies():
        if door.method == scope["method"] and pattern.fullmatch(scope["path"]):
            return door
    return OTHERWISE


@cache
def _with_bodies() -> list[tuple[Pattern[str], Door]]:
    return _compiled(door for door in DOORS if door.largest)


def _compiled(doors: Iterable[Door]) -> list[tuple[Pattern[str], Door]]:
    return [(compile_path(door.path)[0], door) for door in doors]
