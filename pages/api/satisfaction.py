"""`GET /api/v1/boards/satisfaction?wave=2026Q4`: the board by district."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Annotated

from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from observations.base.json_objects import JsonObject
from observations.base.wording import N_
from observations.places.districts import DISTRICTS
from observations.satisfaction.dimensions import RANKED, Dimension, Subtotal
from observations.satisfaction.figures import board as boards
from observations.satisfaction.figures import estimates
from observations.satisfaction.figures.estimates import CONFIDENCE, SHOWN_FROM
from observations.satisfaction.figures.manipulation import Reason
from observations.satisfaction.figures.ranking import RANKED_FROM
from observations.satisfaction.tiers import TRUST, Tier
from observations.satisfaction.wave_board import board_of
from observations.satisfaction.waves import Wave, wave_of
from pages.api.costly import costly
from pages.api.open_data import compact_json, open_answer
from pages.api.operations import JSON, REFUSED, UNCHANGED, Answer, Operation, routes_of
from pages.api.parameters import DistrictCode, Parameter
from pages.parts.runtime import known_now, store

DECIMALS = 1  # with more decimals, or with a spread, single answers could be computed


def _one_each(words: Iterable[str], about: str = "") -> Meta:
    """For the schema of an object: it has exactly these names."""
    names = [str(word) for word in words]
    described = {"description": about} if about else {}
    return Meta(
        extra_json_schema={"propertyNames": {"enum": names}, "required": names, **described}
    )


WaveName = Annotated[str, Meta(pattern="^[0-9]{4}Q[1-4]$")]


class Estimate(JsonObject, frozen=True):
    """A weighted mean of people's scores."""

    about = N_("0 到 100 分的加权平均，一位小数；low 到 high 是 95% 区间。")

    n: int
    mean: float
    low: float
    high: float


Estimates = Annotated[
    dict[str, Estimate | None],
    _one_each((*Dimension, *Subtotal), N_("不到 10 份回答的方面是 null。")),
]


class Change(JsonObject, frozen=True):
    """The change since the wave before."""

    about = N_("比上一季变了多少分，和它的 95% 区间。")

    points: float
    low: float
    high: float


class Ranks(JsonObject, frozen=True):
    """The ranks that a district may have."""

    best: int
    worst: int


class DistrictSatisfaction(JsonObject, frozen=True):
    """A district's row."""

    about = N_("名次是范围；不到 30 份回答没有名次，missing 是还差几份。")

    district: DistrictCode
    name_zh: str
    name_en: str
    ranks: Ranks | None
    missing: int | None
    change: Change | None
    estimates: Estimates


class SetApart(JsonObject, frozen=True):
    """The number of answers that do not count, by reason; null for one to nine."""

    count: int | None
    reason: Reason


class Weights(JsonObject, frozen=True):
    """The published figures of the weights; `trimmed` is null for one to nine."""

    people: int | None
    smallest: float
    largest: float
    cap: float
    trimmed: int | None
    trust: Annotated[dict[str, float], _one_each(Tier)]


class Margin(JsonObject, frozen=True):
    """A known distribution of the city's people, with its source."""

    scope: str
    variable: str
    category: str
    people: float
    source: str
    source_year: int


class SatisfactionBoard(JsonObject, frozen=True):
    """The board of one wave."""

    wave: WaveName
    first_day: date
    last_day: date
    is_official: Annotated[bool, Meta(extra_json_schema={"const": False})]
    is_demo: bool
    scale: list[int]
    ranked_dimension: str
    confidence: float
    ranked_from: int
    shown_from: int
    waves: list[WaveName]
    city: Estimates
    city_change: Change | None
    tiers: Annotated[
        dict[str, Estimate | None],
        _one_each(Tier, N_("按居住的把握分三档；会推算出别人的是 null。")),
    ]
    set_apart: Annotated[
        dict[str, SetApart],
        _one_each(Reason, N_("放在一边、不计入的回答，按原因；1 到 9 份写 null。")),
    ]
    weights: Weights
    margins: list[Margin]
    undecided: bool
    districts: list[DistrictSatisfaction]


WAVE = Parameter("wave", WaveName, N_("季度，如 2026Q4；不写就是最近有回答的一季。"))


@costly
def board(request: Request) -> Response:
    """The board of one wave; without `wave` the latest that has answers."""
    answer = _board(request.query_params.get(WAVE.name, ""))
    return open_answer(request, compact_json(answer), JSON)


def _board(wave_id: str) -> SatisfactionBoard:
    waves = store().satisfaction.waves()
    latest = waves[0] if waves else wave_of(known_now())
    wave = Wave.named(wave_id) if wave_id else latest
    whole = board_of(store(), wave, list(DISTRICTS), known_now())
    return SatisfactionBoard(
        wave=wave.wave_id,
        first_day=wave.first_day,
        last_day=wave.last_day,
        is_official=False,
        is_demo=whole.is_demo,
        scale=[0, 100],
        ranked_dimension=RANKED,
        confidence=CONFIDENCE,
        ranked_from=RANKED_FROM,
        shown_from=SHOWN_FROM,
        waves=[one.wave_id for one in waves],
        city=_estimates(whole.city),
        city_change=_change(whole.city_change),
        tiers={str(tier): _estimate(one) for tier, one in whole.tiers.items()},
        set_apart={str(r): SetApart(whole.apart.get(r, 0), r) for r in Reason},
        weights=_weights(whole),
        margins=[Margin(**asdict(row)) for row in whole.margins],
        undecided=whole.is_undecided,
        districts=[_district(row) for row in whole.rows],
    )


def _district(row: boards.DistrictRow) -> DistrictSatisfaction:
    district = DISTRICTS[row.district]
    return DistrictSatisfaction(
        district=district.code,
        name_zh=district.name_zh,
        name_en=district.name_en,
        ranks=Ranks(row.ranks.best, row.ranks.worst) if row.ranks else None,
        missing=row.missing,
        change=_change(row.change),
        estimates=_estimates(row.estimates),
    )


def _estimates(known: Mapping[boards.Asked, estimates.Estimate]) -> dict[str, Estimate | None]:
    """Every question and subtotal; null where fewer than ten people answered it."""
    return {str(one): _estimate(known.get(one)) for one in (*Dimension, *Subtotal)}


def _estimate(known: estimates.Estimate | None) -> Estimate | None:
    if known is None:
        return None
    return Estimate(known.n, *(round(one, DECIMALS) for one in (known.mean, known.low, known.high)))


def _change(known: boards.Change | None) -> Change | None:
    if known is None:
        return None
    return Change(*(round(one, DECIMALS) for one in (known.points, known.low, known.high)))


def _weights(whole: boards.Board) -> Weights:
    weights = whole.weights
    return Weights(
        people=weights.people if weights.people >= SHOWN_FROM else None,
        smallest=round(weights.smallest, 3),
        largest=round(weights.largest, 3),
        cap=weights.cap,
        trimmed=None if 0 < weights.trimmed < SHOWN_FROM else weights.trimmed,
        trust={str(tier): trust for tier, trust in TRUST.items()},
    )


OPERATIONS = (
    Operation(
        "get",
        "/api/v1/boards/satisfaction",
        board,
        N_("满意度榜：本应用自己的季度问卷，非官方"),
        {
            200: Answer(N_("一个季度。"), (SatisfactionBoard,)),
            304: UNCHANGED,
            422: REFUSED,
        },
        (WAVE,),
    ),
)
ROUTES = routes_of(OPERATIONS)
