"""The rows of `docs/security.md`, written from the doors and their limits."""

import re
from dataclasses import dataclass

from limits import RateLimitItem

from pages.api.costly import WORK
from pages.parts.limits import LIMITS
from pages.shell.doors import DOORS, NOBODY, WORK_LIMIT, Door
from pages.shell.stream import KINDS, MESSAGE_BYTES
from tests.support.architecture import ROOT

PAPER = ROOT / "docs" / "security.md"
ROW = re.compile(r"^\| `(?P<name>[^`]+)` \|(?P<cells>.+)\|$", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """A row of one of the tables: its first cell, those that are checked, its test."""

    name: str
    cells: tuple[str, ...]
    test: str


def rows() -> list[Row]:
    """Every row of the paper whose first cell is in backticks."""
    found = []
    for match in ROW.finditer(PAPER.read_text("utf-8")):
        *cells, test = (cell.strip() for cell in match["cells"].split("|"))
        found.append(Row(match["name"], tuple(cells), test.strip("`")))
    return found


def name_of(door: Door) -> str:
    """How a door is called: its method and path."""
    return f"{door.method} {door.path or '/…'}"


def cells_of(door: Door) -> tuple[str, ...]:
    """Who may, the largest body, its longest time, the limit."""
    seconds = f"{door.seconds} s" if door.seconds else "–"
    return door.who, size(door.largest), seconds, limit(door.limit)


def size(count: int) -> str:
    """Bytes for people."""
    if not count:
        return "–"
    return f"{count / 2**20:.3g} MB" if count >= 2**20 else f"{count // 1024} KB"


def limit(name: str) -> str:
    """How often, for people."""
    if not name:
        return "–"
    if name == WORK_LIMIT:
        return f"{WORK.amount // 1000} s of work in {WORK.multiples} min a network"
    device, network = LIMITS[name]
    of_a_browser = "" if device == network else f"{_often(device)} a browser, "
    return f"`{name}`: {of_a_browser}{_often(network)} a network"


def limits_of_pages() -> list[str]:
    """The limits that no route has: pages count them."""
    of_routes = {door.limit for door in DOORS}
    return [name for name in LIMITS if name not in of_routes]


def expected() -> dict[str, tuple[str, ...]]:
    """The rows that the code makes: of every door, and of every kind of message."""
    from streamlit.proto.BackMsg_pb2 import BackMsg

    made = {name_of(door): cells_of(door) for door in DOORS}
    for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields:
        who = "everyone" if field.name in KINDS else NOBODY.partition(":")[0] + ": dropped"
        made[field.name] = (who, size(MESSAGE_BYTES))
    return made


def _often(item: RateLimitItem) -> str:
    unit = {"minute": "min", "hour": "h"}[item.GRANULARITY.name]
    return f"{item.amount} in {item.multiples} {unit}"
