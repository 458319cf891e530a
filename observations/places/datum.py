"""WGS-84, which GPS and this project use, GCJ-02 of Chinese street maps, and BD-09 of Baidu's.

GCJ-02 shifts every place in China by a few hundred metres (521 m at West Lake). Its formula was
never published; the one here is the widely used reconstruction (eviltransform and its kin),
checked against the city's test vector: at 120.15 E, 30.25 N the shift is +0.004707 degrees of
longitude and -0.002322 of latitude. BD-09 is GCJ-02 moved once more, about 0.9 km in all, by a
formula that is as widely used and as little published.
"""

import csv
import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache
from math import atan2, cos, hypot, pi, sin, sqrt
from pathlib import Path

# The Krasovsky 1940 ellipsoid, which the shift is computed on.
SEMI_MAJOR_AXIS_M = 6_378_245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
# The inverse corrects an estimate repeatedly; each round gains four decimal places.
ROUNDS = 3
REMEMBERED = 1_000
# How BD-09 bends and moves GCJ-02, in degrees and radians.
BD_EAST, BD_NORTH, BD_STRETCH, BD_TURN = 0.0065, 0.006, 0.00002, 0.000003
BD_WAVES = pi * 3000.0 / 180.0


class Datum(StrEnum):
    """The datum in which a point's coordinates are stated."""

    WGS84 = "WGS-84"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


@cache
def _names() -> dict[str, Datum]:
    """The names in use, in capitals without punctuation.

    China's CGCS2000 lies within centimetres of WGS-84.
    """
    with Path(__file__).with_name("datum_names.csv").open(encoding="utf-8", newline="") as file:
        return {_plain(row["name"]): Datum(row["datum"]) for row in csv.DictReader(file)}


def _plain(name: str) -> str:
    return "".join(letter for letter in name.upper() if letter.isalnum())


@lru_cache(REMEMBERED)
def datum_of(name: str) -> Datum | None:
    """The datum of that name, however it is spelt; None where it is unknown.

    `WGS84`, `gcj-02`, `WGS 84 (EPSG:4326)`.
    """
    outside, *inside = re.split(r"[(\uff08)\uff09]", name)
    for part in (name, outside, *inside):
        if datum := _names().get(_plain(part)):
            return datum
    return None


def gcj02_of(latitude: float, longitude: float) -> tuple[float, float]:
    """The GCJ-02 (latitude, longitude) of a WGS-84 point in China, in decimal degrees."""
    north, east = _shift(latitude, longitude)
    return latitude + north, longitude + east


def wgs84_of(latitude: float, longitude: float) -> tuple[float, float]:
    """The WGS-84 (latitude, longitude) of a GCJ-02 point in China, within a millimetre."""
    return _undone(gcj02_of, latitude, longitude)


def bd09_of(latitude: float, longitude: float) -> tuple[float, float]:
    """The BD-09 (latitude, longitude) of a GCJ-02 point in China, decimal degrees."""
    distance = hypot(longitude, latitude) + BD_STRETCH * sin(latitude * BD_WAVES)
    angle = atan2(latitude, longitude) + BD_TURN * cos(longitude * BD_WAVES)
    return distance * sin(angle) + BD_NORTH, distance * cos(angle) + BD_EAST


def gcj02_of_bd09(latitude: float, longitude: float) -> tuple[float, float]:
    """The GCJ-02 (latitude, longitude) of a BD-09 point in China, within a millimetre."""
    return _undone(bd09_of, latitude, longitude)


def _undone(
    shift: Callable[[float, float], tuple[float, float]], latitude: float, longitude: float
) -> tuple[float, float]:
    guess_lat, guess_lon = latitude, longitude
    for _ in range(ROUNDS):
        shifted_lat, shifted_lon = shift(guess_lat, guess_lon)
        guess_lat += latitude - shifted_lat
        guess_lon += longitude - shifted_lon
    return guess_lat, guess_lon


def to_wgs84(latitude: float, longitude: float, datum: Datum) -> tuple[float, float]:
    """A point in `datum` as WGS-84 (latitude, longitude).

    Numbers that are no place on the globe are returned unchanged.
    """
    is_on_globe = abs(latitude) <= 90 and abs(longitude) <= 180
    if datum is Datum.WGS84 or not is_on_globe:
        return latitude, longitude
    if datum is Datum.BD09:
        latitude, longitude = gcj02_of_bd09(latitude, longitude)
    return wgs84_of(latitude, longitude)


def _shift(latitude: float, longitude: float) -> tuple[float, float]:
    """The difference of GCJ-02 from WGS-84 in degrees, to the north and to the east."""
    north, east = (
        _northing(longitude - 105.0, latitude - 35.0),
        _easting(longitude - 105.0, latitude - 35.0),
    )
    radians = latitude / 180.0 * pi
    bulge = 1 - ECCENTRICITY_SQUARED * sin(radians) ** 2
    per_north = SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED) / (bulge * sqrt(bulge)) * pi
    per_east = SEMI_MAJOR_AXIS_M / sqrt(bulge) * cos(radians) * pi
    return north * 180.0 / per_north, east * 180.0 / per_east


def _northing(x: float, y: float) -> float:
    """Metres to the north; `x`, `y`: degrees east of 105 E and north of 35 N."""
    return (
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
        + _waves(x, (6.0, 20.0), (2.0, 20.0))
        + _waves(y, (1.0, 20.0), (1 / 3, 40.0))
        + _waves(y, (1 / 12, 160.0), (1 / 30, 320.0))
    )  # fmt: skip


def _easting(x: float, y: float) -> float:
    """Metres to the east; `x`, `y`: degrees east of 105 E and north of 35 N."""
    return (
        300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
        + _waves(x, (6.0, 20.0), (2.0, 20.0))
        + _waves(x, (1.0, 20.0), (1 / 3, 40.0))
        + _waves(x, (1 / 12, 150.0), (1 / 30, 300.0))
    )  # fmt: skip


def _waves(degrees: float, *waves: tuple[float, float]) -> float:
    """Two thirds of a sum of sines; each wave is a (frequency, amplitude in metres)."""
    return sum(high * sin(often * degrees * pi) for often, high in waves) * 2.0 / 3.0
