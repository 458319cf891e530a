"""`GET /api/v1/boards/points`: the boards of green points, for programs."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import Response

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.json_objects import JsonObject
from observations.base.wording import N_
from observations.places.districts import DISTRICTS
from observations.points.boards import (
    districts_board,
    improved_board,
    people_board,
    teams_board,
)
from observations.points.periods import Period, Span, before, span
from observations.points.teams import TeamKind
from pages.api.costly import costly
from pages.api.operations import REFUSED, Answer, Operation, json_answer, routes_of
from pages.api.parameters import DistrictCode, Parameter
from pages.parts.runtime import known_now, store

RESIDENTS = {code: district.population_2020 for code, district in DISTRICTS.items()}


class By(StrEnum):
    """What a board ranks."""

    DISTRICT = "district"
    PERSON = "person"
    TEAM = "team"
    IMPROVED = "improved"


class DistrictPoints(JsonObject, frozen=True):
    """A district's row."""

    about = N_("只算确认过的人，各算在得到绿点那时住的区县；人数太少的没有名次。")

    rank: int | None
    district: DistrictCode
    name: str
    name_en: str
    points: int
    waiting: int
    people: int
    residents_2020: int
    points_per_1000_residents: float


class PersonPoints(JsonObject, frozen=True):
    """A person's row; the rank counts everybody."""

    about = N_("只有愿意写上昵称的人。")

    rank: int | None
    nickname: str
    points: int
    waiting: int
    is_demo: bool


class TeamPoints(JsonObject, frozen=True):
    """A team's row; names of teams are public."""

    rank: int
    team: str
    kind: TeamKind
    points: int
    waiting: int
    people: int
    is_demo: bool


class Improved(JsonObject, frozen=True):
    """A person's row on the board of the most improved."""

    about = N_("上一段完整的时间，比自己过去最好的一段多得的绿点。")

    rank: int
    nickname: str
    points: int
    gain: int
    is_demo: bool


class PointsBoard(JsonObject, frozen=True):
    """The fields of every board; the board of all time has no days."""

    period: Period
    first_day: date | None
    last_day: date | None
    is_demo: bool


class DistrictsBoard(PointsBoard, frozen=True):
    """By district, for every thousand residents."""

    by: Literal["district"]
    rows: list[DistrictPoints]


class PeopleBoard(PointsBoard, frozen=True):
    """By person."""

    by: Literal["person"]
    rows: list[PersonPoints]


class TeamsBoard(PointsBoard, frozen=True):
    """By team."""

    by: Literal["team"]
    rows: list[TeamPoints]


class ImprovedBoard(PointsBoard, frozen=True):
    """By the gain over one's own best period of before."""

    by: Literal["improved"]
    rows: list[Improved]


PERIOD = Parameter(
    "period", Period, N_("哪一段时间。"), usual=Period.MONTH, refusal="board.unknown_period"
)
BY = Parameter("by", By, N_("按什么排。"), usual=By.DISTRICT, refusal="choice.unknown")


@costly
def points(request: Request) -> Response:
    """A board.

    `period`: week, month (the default), quarter, year or all; `by`: district (the default), person,
    team or improved.
    """
    period, by = PERIOD.read(request.query_params), BY.read(request.query_params)
    return json_answer(BOARDS[by](period))


def _by_district(period: Period) -> DistrictsBoard:
    board = districts_board(store(), period, day_of(known_now()), RESIDENTS)
    rows = [
        DistrictPoints(
            rank=row.rank,
            district=row.district,
            name=DISTRICTS[row.district].name_zh,
            name_en=DISTRICTS[row.district].name_en,
            points=row.points,
            waiting=row.waiting,
            people=row.people,
            residents_2020=row.residents,
            points_per_1000_residents=round(row.per_thousand, 4),
        )
        for row in board.rows
    ]
    return DistrictsBoard(*_about(board, period), by="district", rows=rows)


def _by_person(period: Period) -> PeopleBoard:
    """The board of people who agreed to be named."""
    board = people_board(store(), period, day_of(known_now()))
    rows = [
        PersonPoints(row.rank, row.nickname, row.points, row.waiting, row.is_demo)
        for row in board.rows
    ]
    return PeopleBoard(*_about(board, period), by="person", rows=rows)


def _by_team(period: Period) -> TeamsBoard:
    board = teams_board(store(), period, day_of(known_now()))
    rows = [
        TeamPoints(
            row.rank, row.name, TeamKind(row.kind), row.points, row.waiting, row.people, row.is_demo
        )
        for row in board.rows
    ]
    return TeamsBoard(*_about(board, period), by="team", rows=rows)


def _improved(period: Period) -> ImprovedBoard:
    """The most improved of the last whole period; empty for all time, which has no earlier one."""
    board = improved_board(store(), period, day_of(known_now()))
    if board is None:
        raise Refused("board.unknown_period", "period")
    rows = [
        Improved(row.rank, row.nickname, row.points, row.gain, row.is_demo) for row in board.rows
    ]
    return ImprovedBoard(*_about(board, period, before), by="improved", rows=rows)


BOARDS = {
    By.DISTRICT: _by_district,
    By.PERSON: _by_person,
    By.TEAM: _by_team,
    By.IMPROVED: _improved,
}


def _about(
    board: Any, period: Period, days_of: Callable[[Period, date], Span] = span
) -> tuple[Period, date | None, date | None, bool]:
    """The fields of `PointsBoard`, in their order."""
    if period is Period.ALL:
        return period, None, None, board.is_demo
    days = days_of(period, day_of(known_now()))
    return period, days.first, days.last, board.is_demo


OPERATIONS = (
    Operation(
        "get",
        "/api/v1/boards/points",
        points,
        N_("绿点榜：按区县每千人、愿意留名的人、队伍，或进步"),
        {
            200: Answer(N_("一张榜。"), (DistrictsBoard, PeopleBoard, TeamsBoard, ImprovedBoard)),
            422: REFUSED,
        },
        (PERIOD, BY),
    ),
)
ROUTES = routes_of(OPERATIONS)
