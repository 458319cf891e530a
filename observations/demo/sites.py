"""The places where the demo's observers walk: known places and the country around them.

Coordinates in `sites.csv` are rounded, from general knowledge, within 1 to 3 km (WGS-84).
"""

import csv
from dataclasses import dataclass
from functools import cache
from math import cos, pi, radians, sin, sqrt
from pathlib import Path

from observations.demo.dice import Dice
from observations.places.distance import METRES_PER_DEGREE
from observations.places.districts import district_of

TABLE = Path(__file__).with_name("sites.csv")
TRIES = 20


@dataclass(frozen=True, slots=True)
class Site:
    """A place to walk: a circle of `radius_m` metres around a WGS-84 point."""

    name: str
    latitude: float
    longitude: float
    radius_m: float
    habitats: frozenset[str]
    weight: float
    district: str


@cache
def all_sites() -> tuple[Site, ...]:
    """Every site, in the district of its centre."""
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return tuple(_site(row) for row in csv.DictReader(rows))


def _site(row: dict[str, str]) -> Site:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    district = district_of(latitude, longitude)
    if district is None:
        raise ValueError(f"sites.csv: {row['name']} lies outside the city")
    habitats = frozenset(row["habitats"].split())
    radius, weight = float(row["radius_m"]), float(row["weight"])
    return Site(row["name"], latitude, longitude, radius, habitats, weight, district.code)


def point_in(site: Site, dice: Dice) -> tuple[float, float]:
    """A WGS-84 point of the site, to six decimals, inside the city."""
    for _ in range(TRIES):
        away, turn = site.radius_m * sqrt(dice.random()), 2 * pi * dice.random()
        latitude = site.latitude + away * cos(turn) / METRES_PER_DEGREE
        east = METRES_PER_DEGREE * cos(radians(site.latitude))
        longitude = site.longitude + away * sin(turn) / east
        if district_of(latitude, longitude):
            return round(latitude, 6), round(longitude, 6)
    return site.latitude, site.longitude
