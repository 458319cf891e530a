"""A few places everyone knows, for the first view of the map.

Their coordinates are rounded, from general knowledge, within 1 to 3 km: never the place of a
record.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("key_places.csv")


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """A known place; coordinates in WGS-84 decimal degrees, good to 1 to 3 km."""

    name_zh: str
    name_en: str
    kind: str
    latitude: float
    longitude: float
    district_code: str

    def name(self, language: str) -> str:
        """The place's name in "zh" or "en"."""
        return self.name_en if language == "en" else self.name_zh


def _key_place(row: dict[str, str]) -> KeyPlace:
    return KeyPlace(
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        kind=row["kind"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        district_code=row["district_code"],
    )


def _key_places() -> tuple[KeyPlace, ...]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return tuple(_key_place(row) for row in csv.DictReader(rows))


KEY_PLACES: tuple[KeyPlace, ...] = _key_places()
