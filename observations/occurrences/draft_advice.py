"""Advice on a draft by its own fields: what is probably a mistake, and what was probably meant.

Advice refuses nothing. Its codes are GBIF's issues (`OccurrenceIssue`, in capitals) where one fits,
else ours. Other people's records are compared in `season_and_range.py`, not here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as field_with
from datetime import datetime
from itertools import combinations

from observations.base.clock import day_of
from observations.base.wording import N_, translate
from observations.occurrences.draft import Draft, GivenPlace
from observations.occurrences.group_rules import high_count
from observations.occurrences.report import AHEAD, LARGEST_UNCERTAINTY_M, PlaceSource
from observations.places.datum import Datum, gcj02_of, wgs84_of
from observations.places.distance import METRES_PER_DEGREE, metres_between
from observations.places.districts import is_in_city
from observations.taxa.taxon import Group

WIDE_M = 1_000  # GBIF flags a place with a larger uncertainty
# A clock that was never set shows 1970, 1980 or 2000; phones with cameras are younger.
LAST_UNSET_YEAR = 2000
ROUGH_DECIMALS = 3  # three decimals are within 110 m
# A wrong datum shifts every place by about the same length and direction; the tolerance is the
# uncertainty of both places.
MIX_UP_SLACK_M, MIX_UP_SLACK_MOST_M = 40, 120

SENTENCES = {
    "ahead": N_("这个时间还没到。是不是日期选错了一位？"),
    "unset": N_("这是 {year} 年的日期。相机的时钟有时没有调好，看一眼再交。"),
    "zero": N_("经纬度是 0，手机大概还没有定好位。再定位一次，或在地图上点一下。"),
    "swapped": N_("经度和纬度像是写反了，换过来就在杭州。"),
    "negated": N_("经纬度像是多了一个负号，去掉它就在杭州。"),
    "outside": N_("这个地点好像在杭州的边界之外。真是在那里遇见的吗？看一眼地图，没错就照样交。"),
    "rounded": N_("经纬度的小数位不多，实际位置可能差 {metres} 米。在地图上点一下会更准。"),
    "no_circle": N_("误差写得不对，会当作不知道。"),
    "wide": N_("地点的范围有 {kilometres} 公里。记得更准的话，在地图上点一下。"),
    "mixed_up": N_(
        "两个位置相差 {metres} 米，正好是 GPS 和高德、微信、腾讯地图（GCJ-02）之间的差。"
        "看看哪一个对，从那些地图抄来的请选 GCJ-02。"
    ),
    "many": N_("{count} 只可真不少。数对了就照这样交。"),
}


@dataclass(frozen=True)
class Advice:
    """One piece of advice on a field.

    `suggestion` is a more likely place (latitude, longitude, in WGS-84), or None.
    """

    code: str
    field: str
    words: str
    values: Mapping[str, object] = field_with(default_factory=dict)
    suggestion: tuple[float, float] | None = None

    def sentence(self, language: str) -> str:
        """The sentence, in "zh" or "en"."""
        return translate(self.words, language).format(**self.values)


def advice_on(draft: Draft, group: Group | None, now: datetime) -> list[Advice]:
    """Advice by the fields alone. `group` is the taxon's, or the one that the observer chose."""
    return [
        *_on_date(draft, now),
        *_on_place(draft.place),
        *_on_datum(draft),
        *_on_count(draft, group),
    ]


def _on_date(draft: Draft, now: datetime) -> Iterator[Advice]:
    when = draft.event_date
    if when is None:
        return
    if when > now + AHEAD:
        yield Advice("RECORDED_DATE_UNLIKELY", "event_date", SENTENCES["ahead"])
    elif (year := day_of(when).year) <= LAST_UNSET_YEAR:
        yield Advice("RECORDED_DATE_UNLIKELY", "event_date", SENTENCES["unset"], {"year": year})


def _on_place(place: GivenPlace | None) -> Iterator[Advice]:
    if place is None:
        return
    if is_in_city(*place.wgs84, place.uncertainty_m):
        yield from _on_exactness(place)
    else:
        yield _elsewhere(place)


def _elsewhere(place: GivenPlace) -> Advice:
    """Advice on a place outside the city; the most likely mistake comes first."""
    latitude, longitude = place.latitude, place.longitude
    if latitude == 0 or longitude == 0:
        return Advice("ZERO_COORDINATE", "place", SENTENCES["zero"])
    slips = (
        ("PRESUMED_SWAPPED_COORDINATE", "swapped", (longitude, latitude)),
        ("PRESUMED_NEGATED_LATITUDE", "negated", (-latitude, longitude)),
        ("PRESUMED_NEGATED_LONGITUDE", "negated", (latitude, -longitude)),
    )
    for code, words, coordinates in slips:
        point = GivenPlace(*coordinates, datum=place.datum).wgs84
        if is_in_city(*point, place.uncertainty_m):
            return Advice(code, "place", SENTENCES[words], suggestion=point)
    if abs(latitude) > 90 or abs(longitude) > 180:
        return Advice("COORDINATE_OUT_OF_RANGE", "place", SENTENCES["outside"])
    return Advice("place.outside", "place", SENTENCES["outside"])


def _on_exactness(place: GivenPlace) -> Iterator[Advice]:
    uncertainty = place.uncertainty_m
    if uncertainty is not None and not 0 < uncertainty <= LARGEST_UNCERTAINTY_M:
        yield Advice("COORDINATE_UNCERTAINTY_METERS_INVALID", "place", SENTENCES["no_circle"])
    elif uncertainty is not None and uncertainty > WIDE_M:
        kilometres = f"{uncertainty / 1000:.3g}"
        yield Advice("place.wide", "place", SENTENCES["wide"], {"kilometres": kilometres})
    if metres := rounded_by_m(place):
        yield Advice("COORDINATE_ROUNDED", "place", SENTENCES["rounded"], {"metres": metres})


def rounded_by_m(place: GivenPlace) -> int | None:
    """The error in metres that missing decimals allow, where it is above the uncertainty.

    None where it is not, and for a place chosen by name.
    """
    decimals = max(_decimals(place.latitude), _decimals(place.longitude))
    metres: int = round(METRES_PER_DEGREE * 0.5 * 0.1**decimals)
    is_named = place.source is PlaceSource.NAMED
    if is_named or decimals > ROUGH_DECIMALS or metres <= (place.uncertainty_m or 0):
        return None
    return metres


def _decimals(degrees: float) -> int:
    return next((n for n in range(ROUGH_DECIMALS + 1) if round(degrees, n) == degrees), 9)


def _on_datum(draft: Draft) -> Iterator[Advice]:
    """Advice where two places of one sighting differ as the two datums do."""
    places = [place for place in (draft.photo_place, draft.device_place, draft.place) if place]
    for one, other in combinations(places, 2):
        if advice := datum_mix_up(one, other):
            yield advice
            return


def datum_mix_up(one: GivenPlace, other: GivenPlace) -> Advice | None:
    """The advice where one of two places is the other's in GCJ-02, taken for WGS-84."""
    if {one.datum, other.datum} != {Datum.WGS84}:
        return None  # stated, and converted
    slack = min(MIX_UP_SLACK_M + _radius(one) + _radius(other), MIX_UP_SLACK_MOST_M)
    for true, shifted in ((one, other), (other, one)):
        here, there = true.wgs84, shifted.wgs84
        if is_in_city(*here) and metres_between(*gcj02_of(*here), *there) <= slack:
            metres = round(metres_between(*here, *there))
            words, values = SENTENCES["mixed_up"], {"metres": metres}
            return Advice("datum.mixed_up", "place", words, values, wgs84_of(*there))
    return None


def _radius(place: GivenPlace) -> float:
    return max(place.uncertainty_m or 0, 0)


def _on_count(draft: Draft, group: Group | None) -> Iterator[Advice]:
    count = draft.individual_count
    if count and count > high_count(group):
        yield Advice("count.high", "count", SENTENCES["many"], {"count": count})
