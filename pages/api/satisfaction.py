"""`GET /api/v1/boards/satisfaction?wave=2026Q4`: the pulse by district, as the board shows it."""

from collections.abc import Mapping
from dataclasses import asdict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.base.clock import now_utc
from observations.places.districts import DISTRICTS
from observations.satisfaction.asking import board_of
from observations.satisfaction.dimensions import RANKED, Dimension, Subtotal
from observations.satisfaction.figures.board import Asked, Board, Change, DistrictRow
from observations.satisfaction.figures.estimates import CONFIDENCE, SHOWN_FROM, Estimate
from observations.satisfaction.figures.manipulation import Reason
from observations.satisfaction.figures.ranking import RANKED_FROM
from observations.satisfaction.tiers import TRUST
from observations.satisfaction.waves import Wave, wave_of
from pages.api.open_data import compact_json, open_answer
from pages.parts.answers import answered
from pages.parts.runtime import store

DECIMALS = 2


@answered
async def board(request: Request) -> Response:
    """The board of one wave; without `wave` the latest that has answers."""
    wave_id = request.query_params.get("wave", "")
    found = await run_in_threadpool(_board, wave_id)
    return open_answer(request, compact_json(found), "application/json")


def _board(wave_id: str) -> dict[str, object]:
    waves = store().satisfaction.waves()
    latest = waves[0] if waves else wave_of(now_utc())
    wave = Wave.named(wave_id) if wave_id else latest
    found = board_of(store(), wave, list(DISTRICTS), now_utc())
    return _about(found) | {
        "waves": [wave.wave_id for wave in waves],
        "city": _estimates(found.city),
        "city_change": _change(found.city_change),
        "tiers": {tier: _estimate(estimate) for tier, estimate in found.tiers.items()},
        "set_apart": {reason: _apart(found, reason) for reason in Reason},
        "weights": _weights(found),
        "margins": [asdict(row) for row in found.margins],
        "undecided": found.is_undecided,
        "districts": [_district(row) for row in found.rows],
    }


def _about(found: Board) -> dict[str, object]:
    return {
        "wave": found.wave.wave_id,
        "first_day": found.wave.first_day.isoformat(),
        "last_day": found.wave.last_day.isoformat(),
        "is_official": False,
        "is_demo": found.is_demo,
        "scale": [0, 100],
        "ranked_dimension": RANKED,
        "confidence": CONFIDENCE,
        "ranked_from": RANKED_FROM,
        "shown_from": SHOWN_FROM,
    }


def _district(row: DistrictRow) -> dict[str, object]:
    district = DISTRICTS[row.district]
    return {
        "district": district.code,
        "name_zh": district.name_zh,
        "name_en": district.name_en,
        "ranks": asdict(row.ranks) if row.ranks else None,
        "missing": row.missing,
        "change": _change(row.change),
        "estimates": _estimates(row.estimates),
    }


def _estimates(found: Mapping[Asked, Estimate]) -> dict[str, object]:
    """Every question and subtotal; null where fewer than ten people answered it."""
    return {asked: _estimate(found.get(asked)) for asked in (*Dimension, *Subtotal)}


def _change(found: Change | None) -> dict[str, float] | None:
    return {name: round(v, DECIMALS) for name, v in asdict(found).items()} if found else None


def _apart(found: Board, reason: Reason) -> dict[str, object]:
    """How many answers are set apart; null for one to nine."""
    return {"count": found.apart.get(reason, 0), "reason": reason}


def _weights(found: Board) -> dict[str, object]:
    """What is published of the weights; `trimmed` null for one to nine."""
    weights = found.weights
    return {
        "people": weights.people if weights.people >= SHOWN_FROM else None,
        "effective": round(weights.effective, 1) if weights.people >= SHOWN_FROM else None,
        "smallest": round(weights.smallest, 3),
        "largest": round(weights.largest, 3),
        "cap": weights.cap,
        "trimmed": None if 0 < weights.trimmed < SHOWN_FROM else weights.trimmed,
        "trust": dict(TRUST),
    }


def _estimate(found: Estimate | None) -> dict[str, float] | None:
    if found is None:
        return None
    return {name: round(value, DECIMALS) for name, value in asdict(found).items()}


ROUTES = [Route("/api/v1/boards/satisfaction", board)]
