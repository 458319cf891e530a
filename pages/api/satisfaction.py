"""`GET /api/v1/boards/satisfaction?wave=2026Q4`: the board by district."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated

from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from observations.base.clock import midnight
from observations.base.json_objects import JsonObject
from observations.base.wording import N_
from observations.places.districts import DISTRICTS
from observations.satisfaction.dimensions import RANKED, Dimension, Subtotal
from observations.satisfaction.figures import board as boards
from observations.satisfaction.figures import estimates
from observations.satisfaction.figures.estimates import CONFIDENCE, SHOWN_FROM
from observations.satisfaction.figures.manipulation import Reason
from observations.satisfaction.figures.ranking import RANKED_FROM
from observations.satisfaction.publication.public import Publication
from observations.satisfaction.publication.publications import (
    last_of,
    margins_of,
    public_waves,
    times_of,
)
from observations.satisfaction.publication.times import Due, Kind
from observations.satisfaction.tiers import TRUST, Tier
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

    about = N_(
        "0 到 100 分的加权平均，一位小数。n 是份数，只到整十（30 是 30 到 39）。"
        "low 到 high 是 95% 区间：30 份以上放宽一点，不到 30 份写的是这个平均数最宽的可能。"
    )

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

    about = N_(
        "比上一季变了多少分，和它的 95% 区间。只比两季都有数的区；left_out 是没有比的。"
        "许多人两季都答，实际的误差比区间小。"
    )

    points: float
    low: float
    high: float
    left_out: list[DistrictCode]


class Ranks(JsonObject, frozen=True):
    """The ranks that a district may have."""

    best: int
    worst: int


class DistrictSatisfaction(JsonObject, frozen=True):
    """A district's row."""

    about = N_(
        "estimates 只算证明了住在那里的人，名次按它排，是范围；证明不到 30 份没有名次，"
        "missing 是最多还差几份。declared 把自己说的也算进去，从不排名。"
        "as_of 是总体一题的数从哪一次公布起没有变。"
    )

    district: DistrictCode
    name_zh: str
    name_en: str
    ranks: Ranks | None
    missing: int | None
    as_of: datetime | None
    change: Change | None
    estimates: Estimates
    declared: Estimates


class WeighLess(JsonObject, frozen=True):
    """The number of answers that weigh less, by reason, in tens; null under ten."""

    count: int | None
    reason: Reason


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

    about = N_(
        "一季公布的数：开放时每星期一零点（北京时间），关上时一次；两次之间不变。"
        "published_at 是 null：还没有公布过。"
    )

    wave: WaveName
    first_day: date
    last_day: date
    is_official: Annotated[bool, Meta(extra_json_schema={"const": False})]
    is_demo: bool
    published_at: datetime | None
    next_publication_at: datetime | None
    scale: list[int]
    ranked_dimension: str
    confidence: float
    ranked_from: int
    shown_from: int
    waves: list[WaveName]
    city: Estimates
    city_change: Change | None
    city_left_out: Annotated[
        list[DistrictCode], Meta(description=N_("全市的数不含这些区：证明不到 10 份。"))
    ]
    city_declared: Estimates
    unsure: Annotated[
        dict[str, int | None],
        _one_each(
            Dimension,
            N_("全市有居住证明的人里，这一题说不清或没答的，只到整十；关上时公布，之前是 null。"),
        ),
    ]
    weigh_less: Annotated[
        dict[str, WeighLess],
        _one_each(Reason, N_("像商量好的、算得轻的回答，按原因，只到整十；不到 10 份写 null。")),
    ]
    trust: Annotated[
        dict[str, float], _one_each(Tier, N_("在所有回答的数里，配权之前每份算多少。"))
    ]
    margins: list[Margin]
    undecided: bool
    districts: list[DistrictSatisfaction]


WAVE = Parameter("wave", WaveName, N_("季度，如 2026Q4；不写就是最近公布过的一季。"))


@costly
def board(request: Request) -> Response:
    """The board of one wave; without `wave` the latest that was published."""
    answer = _board(request.query_params.get(WAVE.name, ""))
    return open_answer(request, compact_json(answer), JSON)


def _board(wave_id: str) -> SatisfactionBoard:
    now = known_now()
    waves = public_waves(store(), now)
    latest = waves[0] if waves else wave_of(now)
    wave = Wave.named(wave_id) if wave_id else latest
    shown = last_of(store(), wave) if wave in waves else None
    _past, following = times_of(store(), wave, now)
    return _answer(shown, _whole(wave, shown), waves, following)


def _answer(
    shown: Publication | None, whole: boards.Board, waves: Sequence[Wave], following: Due | None
) -> SatisfactionBoard:
    wave = whole.wave
    return SatisfactionBoard(
        wave=wave.wave_id,
        first_day=wave.first_day,
        last_day=wave.last_day,
        is_official=False,
        is_demo=whole.is_demo,
        published_at=_utc(shown.due.at if shown else None),
        next_publication_at=_utc(following.at if following else None),
        scale=[0, 100],
        ranked_dimension=RANKED,
        confidence=CONFIDENCE,
        ranked_from=RANKED_FROM,
        shown_from=SHOWN_FROM,
        waves=[one.wave_id for one in waves],
        city=_estimates(whole.city),
        city_change=_change(whole.city_change),
        city_left_out=whole.outside_city,
        city_declared=_estimates(whole.city_declared),
        unsure={str(question): whole.unsure.get(question) for question in Dimension},
        weigh_less={str(r): WeighLess(whole.apart.get(r), r) for r in Reason},
        trust={str(tier): trust for tier, trust in TRUST.items()},
        margins=[Margin(**asdict(row)) for row in whole.margins],
        undecided=whole.is_undecided,
        districts=[_district(row) for row in whole.rows],
    )


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _whole(wave: Wave, shown: Publication | None) -> boards.Board:
    """The board as it was published; before the first publication an empty one."""
    nothing = Publication(wave, Due(Kind.WEEKLY, midnight(wave.first_day), wave.first_day), False)
    publication = shown or nothing
    return publication.board(list(DISTRICTS), margins_of(store(), publication))


def _district(row: boards.DistrictRow) -> DistrictSatisfaction:
    district = DISTRICTS[row.district]
    return DistrictSatisfaction(
        district=district.code,
        name_zh=district.name_zh,
        name_en=district.name_en,
        ranks=Ranks(row.ranks.best, row.ranks.worst) if row.ranks else None,
        missing=row.missing,
        as_of=_utc(row.as_of),
        change=_change(row.change),
        estimates=_estimates(row.estimates),
        declared=_estimates(row.declared),
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
    points, low, high = (round(one, DECIMALS) for one in (known.points, known.low, known.high))
    return Change(points, low, high, list(known.left_out))


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
