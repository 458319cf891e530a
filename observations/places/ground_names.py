"""The names of an imported ground map: a file beside it, read while the server runs.

`LUJI_HOME/ground/names.csv`, UTF-8, with the columns of `COLUMNS`, WGS-84. Whatever makes the
ground map writes it whole with `write_ground_names`; the server reads it again within a minute.
A name that staff imported stands before one of the same name and district in here.
"""

import csv
from collections.abc import Iterable
from math import isfinite
from pathlib import Path

from observations.places.districts import DISTRICTS, is_in_city
from observations.places.named_place import NamedPlace, place_id_of

GROUND_NAMES = Path("ground", "names.csv")
COLUMNS = (
    "name_zh", "name_en", "kind", "district_code", "latitude", "longitude", "uncertainty_m",
    "source",
)  # fmt: skip


def write_ground_names(home: Path, places: Iterable[NamedPlace]) -> int:
    """Replace the file of `home` (LUJI_HOME) in one step; gives the number of names."""
    path = home / GROUND_NAMES
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    count = 0
    with half.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for place in places:
            rows.writerow(_row(place))
            count += 1
    half.replace(path)
    return count


def read_ground_names(home: Path) -> list[NamedPlace]:
    """The names of the file; none where there is no file. A row that cannot be read is left out."""
    try:
        with (home / GROUND_NAMES).open(encoding="utf-8-sig", newline="") as file:
            return [place for row in csv.DictReader(file) if (place := _place(row))]
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


def changed_at(home: Path) -> int:
    """A number that changes with the file: its time in nanoseconds; 0 where there is none."""
    try:
        return (home / GROUND_NAMES).stat().st_mtime_ns
    except OSError:
        return 0


def _row(place: NamedPlace) -> tuple[object, ...]:
    district = place.district or ""
    where = (place.latitude, place.longitude, place.uncertainty_m)
    return (place.name_zh, place.name_en, place.kind, district, *where, place.source)


def _place(row: dict[str, str | None]) -> NamedPlace | None:
    """The place of a row; None for one without a name, a place in the city, or a circle."""
    text = {column: (row.get(column) or "").strip() for column in COLUMNS}
    try:
        latitude, longitude, metres = (float(text[column]) for column in COLUMNS[4:7])
    except ValueError:
        return None
    if not (text["name_zh"] and isfinite(metres) and metres > 0):
        return None
    if not is_in_city(latitude, longitude, metres):
        return None
    district = text["district_code"] if text["district_code"] in DISTRICTS else None
    return NamedPlace(
        place_id=place_id_of(text["name_zh"], district),
        name_zh=text["name_zh"],
        name_en=text["name_en"],
        kind=text["kind"] or "place",
        latitude=latitude,
        longitude=longitude,
        uncertainty_m=metres,
        district=district,
        source=text["source"],
    )
