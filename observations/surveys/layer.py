"""The survey's layer of the map: new species as GeoJSON, every place approximate."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin

from observations.base.wording import translate
from observations.places.distance import METRES_PER_DEGREE
from observations.places.districts import DISTRICTS
from observations.places.grid import HIDDEN_DEGREES, generalise
from observations.surveys.levels import (
    CONFIDENCE_NAMES,
    EVIDENCE_NAMES,
    LEVEL_NAMES,
    TYPE_NAMES,
)
from observations.surveys.new_record import NewRecord

RING_DEGREES = 0.04  # 4.4 km: marks side by side, not on one heap, on the whole city's map
METRES_DECIMALS = -2


@dataclass(frozen=True)
class Placed:
    """A record and the approximate place it is drawn at (WGS-84)."""

    record: NewRecord
    latitude: float
    longitude: float
    uncertainty_m: float


def placed(records: Iterable[NewRecord]) -> list[Placed]:
    """The records that have a place at all, no two on the same spot.

    A published point is generalised to the centre of its 0.1 degree cell. Without one the record
    stands at the district's inside point with the circle that covers the district; several at
    one point are drawn in a ring of 0.04 degrees round it, or of a quarter of that circle where
    it is a small one.
    """
    by_spot = defaultdict(list)
    for record in records:
        spot = _spot(record)
        if spot:
            by_spot[spot].append(record)
    return [place for spot, there in by_spot.items() for place in _ring(spot, there)]


def _spot(record: NewRecord) -> tuple[float, float, float] | None:
    if record.latitude is not None and record.longitude is not None:
        return generalise(record.latitude, record.longitude, HIDDEN_DEGREES)
    district = DISTRICTS.get(record.district)
    return (district.latitude, district.longitude, district.radius_m) if district else None


def _ring(spot: tuple[float, float, float], records: Sequence[NewRecord]) -> Iterable[Placed]:
    latitude, longitude, uncertainty = spot
    if len(records) == 1:
        yield Placed(records[0], latitude, longitude, uncertainty)
        return
    ring = min(RING_DEGREES, uncertainty / METRES_PER_DEGREE / 4)
    for k, record in enumerate(records):
        angle = 2 * pi * k / len(records)
        north = ring * cos(angle)
        east = ring * sin(angle) / cos(radians(latitude))
        yield Placed(record, latitude + north, longitude + east, uncertainty)


def properties(place: Placed, language: str) -> dict[str, object]:
    """What a card shows of a record: names, level, place, evidence, source."""
    record = place.record
    district = DISTRICTS.get(record.district)
    return {
        "code": record.code,
        "name": record.name,
        "scientific_name": record.scientific_name,
        "authorship": record.authorship,
        "level": str(record.level),
        "level_name": translate(LEVEL_NAMES[record.level], language),
        "year": record.year,
        "group": record.group,
        "district": record.district,
        "district_name": district.name(language) if district else "",
        "locality": record.locality(language),
        "is_approximate": True,
        "coordinate_uncertainty_in_meters": round(place.uncertainty_m, METRES_DECIMALS),
        "evidence": translate(EVIDENCE_NAMES[record.evidence], language),
        "type_origin": translate(TYPE_NAMES[record.type_origin], language),
        "confidence": translate(CONFIDENCE_NAMES[record.confidence], language),
        "source": record.source,
        "about": record.about(language),
        "picture": record.picture,
    }
