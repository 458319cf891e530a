"""A festival's result for everyone: signed, with the script that does it again; and as a table."""

import csv
import io
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.json_objects import JsonObject
from observations.base.wording import N_, translate
from observations.festivals import verify_result
from observations.festivals.calendar import calendar_of
from observations.festivals.entry import Entry
from observations.festivals.festival import Festival, Team
from observations.festivals.result import Result, TeamLine, result
from observations.festivals.sheet import public_key
from observations.festivals.tent_wall import newest, spots, tree
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import Group
from pages.api.costly import costly
from pages.api.occurrences import CSV, cell
from pages.api.open_data import compact_json, open_answer
from pages.api.operations import JSON, READ_REFUSALS, Answer, Operation, routes_of
from pages.api.parameters import Parameter
from pages.parts.festivals.standing import standing
from pages.parts.runtime import known_now, settings, store
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language

HELD_S = 10.0  # a wall is worked out at most so often, for however many screens
_held: dict[UUID, tuple[float, bytes]] = {}
_lock = Lock()
ICS, CITY = "text/calendar", N_("杭州全市")
ZIP = "application/zip"
FILE = "green-traces-hangzhou-festival"
SCRIPT = Path(verify_result.__file__)
HEADS = ("team", "encounters", "species", "people", "encounters_so_far", "species_so_far")
FESTIVAL = Parameter("id", UUID, N_("哪个观察节；不写就是现在的那个。"), "UUID")
MADE = (1980, 1, 1, 0, 0, 0)  # the same result is the same file


@costly
def signed(request: Request) -> Response:
    """Every sheet with its records and signature, the teams' names, the key and the script."""
    festival = _festival(request)
    whole = result(store(), festival, known_now())
    if not whole.sheets:
        raise Refused("festival.not_frozen", "id")
    parts = {
        "key.txt": public_key(settings().secret) + "\n",
        "teams.csv": _csv((("team", "name"), *((r.team.team_id, r.team.name) for r in whole.rows))),
        SCRIPT.name: SCRIPT.read_text("utf-8"),
    }
    for sheet in whole.sheets:
        parts[f"sheet-{sheet.number}.json"] = sheet.content
        parts[f"sheet-{sheet.number}.sig"] = sheet.signature + "\n"
        parts[f"records-{sheet.number}.csv"] = sheet.records
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MADE), text, zipfile.ZIP_DEFLATED)
    return open_answer(request, file.getvalue(), ZIP, _named(festival, "zip"))


@costly
def table(request: Request) -> Response:
    """The numbers of every team, and of the whole, as CSV (UTF-8 with the mark for Excel)."""
    festival = _festival(request)
    text = _csv(_lines(result(store(), festival, known_now())))
    kind = f"{CSV}; charset=utf-8"
    return open_answer(request, text.encode("utf-8-sig"), kind, _named(festival, "csv"))


@costly
def calendar(request: Request) -> Response:
    """The festival for a phone's own calendar."""
    festival, spoken = _festival(request), chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    names = [DISTRICTS[code].name(spoken) for code in festival.districts]
    place = ", ".join(names) or translate(CITY, spoken)
    address = f"{settings().public_url or str(request.base_url).rstrip('/')}/festival"
    text = calendar_of(festival, address, place, known_now())
    kind = f"{ICS}; charset=utf-8"
    return open_answer(request, text.encode(), kind, _named(festival, "ics"))


def _lines(whole: Result) -> list[tuple[object, ...]]:
    pairs = [*((cell(row.team.name), row.tally) for row in whole.rows), ("", whole.whole)]
    numbers = [
        (name, own.confirmed, own.species, own.people, own.so_far, own.species_so_far)
        for name, own in pairs
    ]
    return [HEADS, *numbers]


def _festival(request: Request) -> Festival:
    of = FESTIVAL.read(request.query_params)
    known = store().festivals
    festival = known.festival(of) if of else known.current(day_of(known_now()))
    if festival is None:
        raise Refused("festival.unknown_code", "id")
    return festival


def _csv(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _named(festival: Festival, ending: str) -> dict[str, str]:
    demo = "-demo" if festival.is_demo else ""
    name = f"{FILE}-{festival.first_day}{demo}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


class WallTeam(JsonObject, frozen=True):
    """A team on the wall; `low` and `high` bound its species after checking."""

    name: str
    species: int
    sightings: int
    low: int
    high: int


class WallFind(JsonObject, frozen=True):
    """A new find, with a photo where it has one."""

    name: str
    name_en: str | None
    scientific_name: str
    group: Group
    team: str | None
    photo: str | None


class WallSpot(JsonObject, frozen=True):
    """A square of about 400 m and its number of confirmed sightings."""

    latitude: float
    longitude: float
    count: int


class WallOrder(JsonObject, frozen=True):
    """An order: species on the checklist and met."""

    species: int
    met: int


class WallLimb(JsonObject, frozen=True):
    """A group: species on the checklist and met, as a whole and of each order."""

    group: Group
    species: int
    met: int
    orders: list[WallOrder]


class FestivalWall(JsonObject, frozen=True):
    """Everything that the wall in the tent shows."""

    about = N_("只有已确认、地点公开的遇见。")

    name: str
    is_demo: bool
    is_frozen: bool
    species: int
    species_so_far: int
    sightings: int
    people: int
    teams: list[WallTeam]
    finds: list[WallFind]
    spots: list[WallSpot]
    tree: list[WallLimb]


@costly
def wall(request: Request) -> Response:
    """What the wall shows, worked out at most every `HELD_S`."""
    festival = _festival(request)
    with _lock:
        made, body = _held.get(festival.festival_id, (-HELD_S, b""))
        if time.monotonic() - made >= HELD_S:
            body = compact_json(_wall(standing(festival)))
            _held.clear()  # of one festival at a time: there is no second tent
            _held[festival.festival_id] = time.monotonic(), body
    return open_answer(request, body, JSON)


def _wall(whole: Result) -> FestivalWall:
    own = whole.whole
    return FestivalWall(
        name=whole.festival.name,
        is_demo=whole.festival.is_demo,
        is_frozen=bool(whole.sheets),
        species=own.species,
        species_so_far=own.species_so_far,
        sightings=own.so_far,
        people=own.people,
        teams=[_team(row) for row in whole.rows],
        finds=[_find(entry, whole.team_of(entry)) for entry in newest(whole)],
        spots=[WallSpot(spot.latitude, spot.longitude, spot.count) for spot in spots(whole)],
        tree=[
            WallLimb(
                limb.group, limb.species, limb.met, [WallOrder(*order) for order in limb.orders]
            )
            for limb in tree(whole, store().taxa.all_taxa())
        ],
    )


def _team(row: TeamLine) -> WallTeam:
    own, after = row.tally, row.expected.species if row.expected else None
    low, high = (after.low, after.high) if after else (own.species, own.species)
    return WallTeam(row.team.name, own.species_so_far, own.so_far, low, high)


def _find(entry: Entry, team: Team | None) -> WallFind:
    return WallFind(
        name=entry.vernacular_name,
        name_en=entry.english_name,
        scientific_name=entry.scientific_name,
        group=Group(entry.group),
        team=team.name if team else None,
        photo=f"/photos/{entry.photos[0][0]}/large.webp" if entry.photos else None,
    )


OPERATIONS = (
    Operation(
        "get",
        "/api/v1/festivals/calendar.ics",
        calendar,
        N_("观察节，放进手机的日历"),
        {200: Answer(N_("一个日历文件。"), media_type=ICS), **READ_REFUSALS},
        (FESTIVAL,),
    ),
    Operation(
        "get",
        "/api/v1/festivals/wall",
        wall,
        N_("帐篷里的大屏幕上写着什么"),
        {200: Answer(N_("各队、新发现、地点、生命之树。"), (FestivalWall,)), **READ_REFUSALS},
        (FESTIVAL,),
    ),
    Operation(
        "get",
        "/api/v1/festivals/result.zip",
        signed,
        N_("观察节的结果：签了名的结果单、更正、记录清单和自己核对的脚本"),
        {200: Answer(N_("一个 zip。"), media_type=ZIP), **READ_REFUSALS},
        (FESTIVAL,),
    ),
    Operation(
        "get",
        "/api/v1/festivals/result.csv",
        table,
        N_("观察节各队的数字，CSV"),
        {200: Answer(N_("一张表，UTF-8。"), media_type=CSV), **READ_REFUSALS},
        (FESTIVAL,),
    ),
)
ROUTES = routes_of(OPERATIONS)
