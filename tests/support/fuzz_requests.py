"""Requests that no page of ours makes: the same dice give the same request."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from PIL import Image

from observations.base.clock import now_utc
from observations.base.ids import new_id
from tests.pages.api.phone import XIXI, Phone
from tests.support import photographs
from tests.support.damaged import VIDEO
from tests.support.fuzz_files import damaged
from tests.support.hostile import KINDS

TEXTS = (
    "",
    " ",
    "\0",
    "\u200b",
    "\u202eabc",
    "\ud800",
    "\ufffe",
    "夜鹭",
    "白头bei",
    "a" * 5000,
    "鹭" * 3000,
    "'; drop table occurrence; --",
    "<script>alert(1)</script>",
    "%s%n{0}",
    "../../etc/passwd",
    "9" * 5000,
    "-0",
    "1e999",
    "NaN",
    "null",
    "true",
    "\r\nSet-Cookie: a=b",
    "𠮷野",
    "é",
    "é",
)
NUMBERS = (0, -1, 1, 2**31, 2**63, 2**64, 10**400, 1e308, -1e-320, 0.1, 30.2, 120.1)
READS = {
    "/api/v1/occurrences": (
        "group",
        "taxon_id",
        "district",
        "from",
        "to",
        "status",
        "bbox",
        "after",
        "limit",
    ),
    "/api/v1/occurrences.csv": ("group", "taxon_id", "district", "from", "to", "bbox"),
    "/api/v1/taxa": ("q", "group", "limit", "lat", "lon", "on"),
    "/api/v1/taxa/likely": ("group", "lat", "lon", "on", "limit"),
    "/api/v1/places": ("q", "limit"),
    "/api/v1/boards/points": ("period", "by"),
    "/api/v1/boards/satisfaction": ("wave",),
}
PLAIN = {
    "q": "yelu",
    "group": "bird",
    "limit": "5",
    "lat": "30.2",
    "lon": "120.1",
    "on": "2026-05-09",
    "from": "2020-01-01",
    "to": "2026-01-01",
    "bbox": "120,30,121,31",
    "period": "month",
    "by": "team",
}
PARTS = (
    "",
    ".",
    "..",
    "%2e%2e",
    "%00",
    "%ff%fe",
    "%E5%A4%9C",
    "api",
    "v1",
    "photos",
    "assets",
    "healthz",
    "tiles",
    "staff",
    "record",
    "map",
    "0" * 64,
    "9" * 5000,
    "-1",
    "1",
    "thumb.webp",
    "x.geojson",
    "_stcore",
    "health",
    "media",
    "component",
    "a;b",
    "~",
    "%0d%0aX:1",
    "*",
    "nope",
)
FORMS = {
    "/recover": ("code",),
    "/staff/login": ("username", "password"),
    "/staff/logout": (),
    "/api/v1/erase": ("confirm",),
}
METHODS = ("GET", "GET", "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "PROPFIND")


@dataclass
class Visitor:
    """A browser that asks what it likes; a new one comes before the limits are reached."""

    url: str
    phone: Phone = field(init=False)
    asked: int = 0

    def __post_init__(self) -> None:
        self.phone = Phone(self.url)

    def renewed(self) -> "Visitor":
        """This one, or the next after it."""
        self.asked += 1
        return Visitor(self.url) if self.asked > 100 else self


def picture(phone: Phone, dice: random.Random) -> Any:
    """A photograph, hostile, broken, or from an odd phone."""
    kind = dice.random()
    if kind < 0.5:
        return phone.upload(dice.choice(list(KINDS.values()))(dice, 2**21))
    exif = photographs.exif_of(photographs.XIXI, photographs.MORNING).tobytes()
    broken = exif[:14] + damaged(exif[14:], dice)
    whole = photographs.saved(
        photographs.drawn((400, 300)), dice.choice(("JPEG", "PNG", "WEBP", "HEIF")), exif=broken
    )
    if kind < 0.8:
        return phone.upload(damaged(whole, dice) + dice.choice((b"", VIDEO[:5000], bytes(900))))
    size = dice.randrange(1, 3000), dice.randrange(1, 3000)
    mode = dice.choice(("RGB", "L", "CMYK", "1"))
    options = {"progressive": dice.random() < 0.5, "restart_marker_rows": dice.randrange(4)}
    data = photographs.saved(Image.new(mode, size, 1), "JPEG", **options)
    return phone.upload(data[: len(data) - dice.choice((0, 1, 2, 40))])


def name(phone: Phone, dice: random.Random) -> Any:
    """A record, or a word on one, whose fields hold anything."""
    moment: datetime = now_utc() - timedelta(hours=1)
    body: dict[str, Any] = {
        "id": str(new_id()),
        "event_date": moment.isoformat(),
        "place": dict(XIXI),
        "name": "夜鹭",
        "note": "",
        "count": 1,
        "group": "bird",
        "photos": [],
        "establishment_means": "wild",
    }
    for _ in range(dice.choice((1, 1, 2, 5))):
        where = body["place"] if dice.random() < 0.3 and isinstance(body["place"], dict) else body
        where[dice.choice([*where, "extra"])] = anything(dice)
    path = dice.choice(
        ("/api/v1/records", "/api/v1/records/check", "/api/v1/me", "/api/v1/consent")
    )
    text = json.dumps(body)
    data = damaged(text.encode(), dice) if dice.random() < 0.2 else text.encode()
    kind = dice.choice(("application/json", "application/json", "text/plain", ""))
    return phone.post(path, {"Content-Type": kind}, data=data)


def anything(dice: random.Random, depth: int = 0) -> Any:
    """A value of any type."""
    if depth < 3 and dice.random() < 0.2:
        inside = [anything(dice, depth + 1) for _ in range(dice.randrange(4))]
        return inside if dice.random() < 0.5 else {str(at): one for at, one in enumerate(inside)}
    return dice.choice((dice.choice(TEXTS), dice.choice(NUMBERS), None, True, float("nan")))


def read(phone: Phone, dice: random.Random) -> Any:
    """A question whose words are odd."""
    path = dice.choice(list(READS))
    asked = {one: PLAIN.get(one, "") for one in READS[path] if dice.random() < 0.5}
    for one in dice.sample(READS[path], min(len(READS[path]), dice.choice((1, 1, 2)))):
        asked[one] = dice.choice(TEXTS)
    query = "&".join(
        f"{one}={quote(text.encode('utf-8', 'surrogatepass'))[:6000]}"
        for one, text in asked.items()
    )
    return phone.get(f"{path}?{query}")


def path(phone: Phone, dice: random.Random) -> Any:
    """An address that may be nothing."""
    where = "/" + "/".join(dice.choice(PARTS) for _ in range(dice.randrange(1, 6)))
    accept = dice.choice(("text/html", "application/json", "*/*", ""))
    return phone.session.request(
        dice.choice(METHODS),
        phone.url + where,
        headers={"Accept": accept},
        timeout=60,
        allow_redirects=False,
    )


def form(phone: Phone, dice: random.Random) -> Any:
    """A form filled in by nobody."""
    where = dice.choice(list(FORMS))
    filled = {one: dice.choice(TEXTS) for one in FORMS[where]}
    if dice.random() < 0.8:
        filled["csrf"] = phone.csrf
    body = "&".join(
        f"{one}={quote(text.encode('utf-8', 'surrogatepass'))}" for one, text in filled.items()
    )
    data = damaged(body.encode(), dice) if dice.random() < 0.4 else body.encode()
    kinds = (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "",
    )
    return phone.post(where, {"Content-Type": dice.choice(kinds)}, data=data, allow_redirects=False)


def large(phone: Phone, dice: random.Random) -> Any:
    """More than anybody should send."""
    where = dice.choice(
        ("/recover", "/staff/login", "/api/v1/records", "/api/v1/media", "/api/v1/me")
    )
    size = dice.choice((5_000, 70_000, 2**20, 5 * 2**20))
    return phone.post(where, {"Content-Type": "application/json"}, data=b"[" * size)


KINDS_OF_REQUEST: dict[str, Callable[[Phone, random.Random], Any]] = {
    "picture": picture,
    "name": name,
    "read": read,
    "path": path,
    "form": form,
    "large": large,
}
