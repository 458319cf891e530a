"""`GET /api/v1/boards/points`: the boards of green points, for programs."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.log.clock import day_of, now_utc
from observations.log.errors import Refused
from observations.places.districts import DISTRICTS
from observations.points.boards import districts_board, people_board
from observations.points.periods import Period, Span, parse_period, span
from pages.api.answers import answered
from pages.parts.runtime import store

RESIDENTS = {code: district.population_2020 for code, district in DISTRICTS.items()}


@answered
async def points(request: Request) -> Response:
    """`period`: week, month (the default) or all; `by`: district (the default) or person."""
    period = parse_period(request.query_params.get("period", Period.MONTH))
    by = request.query_params.get("by", "district")
    if by not in BOARDS:
        raise Refused("choice.unknown", "by")
    board = await run_in_threadpool(BOARDS[by], period)
    return JSONResponse({"period": period, "by": by, **_days(period), **board})


def _by_district(period: Period) -> dict[str, object]:
    board = districts_board(store(), period, day_of(now_utc()), RESIDENTS)
    rows = [
        {
            "rank": row.rank,
            "district": row.district,
            "name": DISTRICTS[row.district].name_zh,
            "name_en": DISTRICTS[row.district].name_en,
            "points": row.points,
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
        {"rank": row.rank, "nickname": row.nickname, "points": row.points, "is_demo": row.is_demo}
        for row in board.rows
    ]
    return {"is_demo": board.is_demo, "rows": rows}


BOARDS = {"district": _by_district, "person": _by_person}


def _days(period: Period) -> dict[str, str | None]:
    days: Span = span(period, day_of(now_utc()))
    is_endless = period is Period.ALL
    return {
        "first_day": None if is_endless else days.first.isoformat(),
        "last_day": None if is_endless else days.last.isoformat(),
    }


ROUTES = [Route("/api/v1/boards/points", points, methods=["GET"])]
