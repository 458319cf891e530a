"""`GET /api/v1/boards/points`: the boards of green points, for programs."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.base.clock import day_of, now_utc
from observations.base.errors import Refused
from observations.places.districts import DISTRICTS
from observations.points.boards import (
    districts_board,
    improved_board,
    people_board,
    teams_board,
)
from observations.points.periods import Period, Span, before, parse_period, span
from pages.parts.answers import answered
from pages.parts.runtime import store

RESIDENTS = {code: district.population_2020 for code, district in DISTRICTS.items()}


@answered
async def points(request: Request) -> Response:
    """`period`: week, month (the default), quarter, year or all; `by`: district (the default),
    person, team or improved."""
    period = parse_period(request.query_params.get("period") or Period.MONTH)
    by = request.query_params.get("by") or "district"
    if by not in BOARDS:
        raise Refused("choice.unknown", "by")
    board = await run_in_threadpool(BOARDS[by], period)
    return JSONResponse({"period": period, "by": by, **_days(period, by), **board})


def _by_district(period: Period) -> dict[str, object]:
    board = districts_board(store(), period, day_of(now_utc()), RESIDENTS)
    rows = [
        {
            "rank": row.rank,
            "district": row.district,
            "name": DISTRICTS[row.district].name_zh,
            "name_en": DISTRICTS[row.district].name_en,
            "points": row.points,
            "waiting": row.waiting,
            "people": row.people,
            "residents_2020": row.residents,
            "points_per_1000_residents": round(row.per_thousand, 4),
        }
        for row in board.rows
    ]
    return {"is_demo": board.is_demo, "rows": rows}


def _by_person(period: Period) -> dict[str, object]:
    """Only those who agreed to be named; ranks are places among everybody."""
    board = people_board(store(), period, day_of(now_utc()))
    rows = [
        {
            "rank": row.rank,
            "nickname": row.nickname,
            "points": row.points,
            "waiting": row.waiting,
            "is_demo": row.is_demo,
        }
        for row in board.rows
    ]
    return {"is_demo": board.is_demo, "rows": rows}


def _by_team(period: Period) -> dict[str, object]:
    """Teams, whose names are public."""
    board = teams_board(store(), period, day_of(now_utc()))
    rows = [
        {
            "rank": row.rank,
            "team": row.name,
            "kind": row.kind,
            "points": row.points,
            "waiting": row.waiting,
            "people": row.people,
            "is_demo": row.is_demo,
        }
        for row in board.rows
    ]
    return {"is_demo": board.is_demo, "rows": rows}


def _improved(period: Period) -> dict[str, object]:
    """Who gained most in the last whole period; all time has no period before it."""
    board = improved_board(store(), period, day_of(now_utc()))
    if board is None:
        raise Refused("board.unknown_period", "period")
    rows = [
        {
            "rank": row.rank,
            "nickname": row.nickname,
            "points": row.points,
            "gain": row.gain,
            "is_demo": row.is_demo,
        }
        for row in board.rows
    ]
    return {"is_demo": board.is_demo, "rows": rows}


BOARDS = {
    "district": _by_district,
    "person": _by_person,
    "team": _by_team,
    "improved": _improved,
}


def _days(period: Period, by: str) -> dict[str, str | None]:
    today = day_of(now_utc())
    is_endless = period is Period.ALL
    days: Span = before(period, today) if by == "improved" else span(period, today)
    return {
        "first_day": None if is_endless else days.first.isoformat(),
        "last_day": None if is_endless else days.last.isoformat(),
    }


ROUTES = [Route("/api/v1/boards/points", points, methods=["GET"])]
