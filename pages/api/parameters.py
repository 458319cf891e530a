"""Query parameters: the same `Parameter` describes one and reads it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, get_args
from uuid import UUID

import msgspec
from msgspec import Meta
from starlette.datastructures import Headers, QueryParams

from observations.base.errors import Refused
from observations.base.wording import N_
from observations.map.exploring import Filters
from observations.places.districts import DISTRICTS, Box
from observations.taxa.taxon import Group
from observations.verification.statuses import VerificationStatus

WRITTEN_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
WRITTEN_NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?"
MALFORMED = "filter.malformed"


@dataclass(frozen=True)
class Parameter:
    """One parameter: its type with its limits, and its format in ASCII (`expected`).

    `refusal` is the code where the value does not fit, `usual` the value where it is missing.
    """

    name: str
    kind: Any
    about: str
    expected: str = ""
    usual: Any = None
    refusal: str = MALFORMED
    where: str = "query"
    is_required: bool = False

    def read(self, query: QueryParams | Headers) -> Any:
        """Its value; `usual` where it is missing or empty. Raises `Refused`."""
        text = query.get(self.name)
        if not text:
            return self.usual
        try:
            return msgspec.convert(_parsed(text, self.kind), self.kind)
        except (msgspec.ValidationError, ValueError):
            raise self._refused(text) from None

    def _refused(self, text: str) -> Refused:
        if self.refusal == "text.too_long":
            limit = self.kind.__metadata__[0].max_length
            return Refused(self.refusal, self.name, limit=limit, length=len(text))
        if self.refusal == MALFORMED:
            return malformed(self.name, self.expected)
        return Refused(self.refusal, self.name)


def malformed(name: str, expected: str) -> Refused:
    """The refusal of a parameter that does not have the format `expected` (ASCII)."""
    return Refused(MALFORMED, name, name=name, expected=expected)


def _parsed(text: str, kind: Any) -> object:
    """The text as a number or id in JSON's format: Python also accepts `1_0`, `nan`, blanks."""
    plain = get_args(kind)[0] if get_args(kind) else kind
    if plain is UUID and not WRITTEN_ID.fullmatch(text):
        raise ValueError(text)
    if plain not in (int, float):
        return text
    if not re.fullmatch(WRITTEN_NUMBER, text):
        raise ValueError(text)
    value = float(text)
    return int(value) if plain is int and value.is_integer() else value


def limit_of(usual: int, most: int, about: str) -> Parameter:
    """The largest number of rows."""
    kind = Annotated[int, Meta(ge=1, le=most)]
    return Parameter("limit", kind, about, f"1–{most}", usual)


def question(length: int, about: str) -> Parameter:
    """The text to search for, of at most `length` characters."""
    kind = Annotated[str, Meta(max_length=length)]
    return Parameter("q", kind, about, usual="", refusal="text.too_long")


BBOX_WRITTEN = "west,south,east,north (WGS-84)"
PLACE_WRITTEN = "lat=30.27&lon=120.06 (WGS-84)"
DAY_WRITTEN = "YYYY-MM-DD"
STATUSES_WRITTEN = " , ".join(VerificationStatus)
_ANY_STATUS = "|".join(VerificationStatus)
Statuses = Annotated[str, Meta(pattern=f"^({_ANY_STATUS})(,({_ANY_STATUS}))*$")]
Corners = Annotated[str, Meta(pattern=f"^({WRITTEN_NUMBER},){{3}}{WRITTEN_NUMBER}$")]
DistrictCode = Annotated[str, Meta(extra_json_schema={"enum": list(DISTRICTS)})]
ONE_GROUP = N_("只要这一类。")

GROUP = Parameter("group", Group, ONE_GROUP, "bird | mammal | … (/api/v1/taxa)")
TAXON = Parameter("taxon_id", UUID, N_("只要这个物种。"), "UUID")
DISTRICT = Parameter("district", DistrictCode, N_("只要这个区县（行政区划代码）。"))
FROM = Parameter("from", date, N_("从这一天起（北京时间）。"), DAY_WRITTEN)
TO = Parameter("to", date, N_("到这一天止（北京时间）。"), DAY_WRITTEN)
STATUS = Parameter("status", Statuses, STATUSES_WRITTEN, STATUSES_WRITTEN, "")
CORNERS = Parameter("bbox", Corners, BBOX_WRITTEN, BBOX_WRITTEN)
AFTER = Parameter("after", UUID, N_("上一页最后一条的编号；照着 next 走就不用自己填。"), "UUID")
FILTERS = (GROUP, TAXON, DISTRICT, FROM, TO, STATUS, CORNERS)

LATITUDE = Parameter(
    "lat",
    Annotated[float, Meta(ge=-90, le=90)],
    N_("纬度（WGS-84），到 0.1 度就够；和 lon 一起写，不写就是全市。"),
)
LONGITUDE = Parameter(
    "lon", Annotated[float, Meta(ge=-180, le=180)], N_("经度（WGS-84），到 0.1 度就够。")
)
ON = Parameter("on", date, N_("哪一天的季节：这个月和前后各一个月；不写就是今天。"), DAY_WRITTEN)
HERE_AND_NOW = (LATITUDE, LONGITUDE, ON)


def read_filters(query: QueryParams) -> Filters:
    """The filters of a request, as in `FILTERS`; all are optional.

    Raises `Refused("filter.malformed")` with the name of the parameter and its format.
    """
    first, last = FROM.read(query), TO.read(query)
    if first and last and first > last:
        raise malformed("to", "from ≤ to")
    group = GROUP.read(query)
    return Filters(
        group_code=str(group) if group else None,
        taxon_id=TAXON.read(query),
        district=_district(query),
        first_day=first,
        last_day=last,
        statuses=_statuses(query),
        box=_box(query),
    )


def read_place(query: QueryParams) -> tuple[float, float] | None:
    """WGS-84 latitude and longitude in `lat` and `lon`; both or none.

    Raises `Refused("filter.malformed")`.
    """
    try:
        place = LATITUDE.read(query), LONGITUDE.read(query)
    except Refused:
        raise malformed("lat, lon", PLACE_WRITTEN) from None
    if place == (None, None):
        return None
    if None in place:
        raise malformed("lat, lon", PLACE_WRITTEN)
    return place


def _district(query: QueryParams) -> str | None:
    code: str | None = DISTRICT.read(query)
    if code is not None and code not in DISTRICTS:
        raise malformed("district", " | ".join(DISTRICTS))
    return code


def _statuses(query: QueryParams) -> tuple[VerificationStatus, ...]:
    text = STATUS.read(query)
    try:
        return tuple(VerificationStatus(word) for word in text.split(",")) if text else ()
    except ValueError:
        raise malformed("status", STATUSES_WRITTEN) from None


def _box(query: QueryParams) -> Box | None:
    text = CORNERS.read(query)
    if not text:
        return None
    west, south, east, north = (float(part) for part in text.split(","))
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise malformed("bbox", BBOX_WRITTEN)
    return Box(west=west, south=south, east=east, north=north)
