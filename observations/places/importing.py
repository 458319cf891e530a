"""Import of places from a table by staff: all or none; the same file twice changes nothing.

Columns: `name_zh`, `latitude`, `longitude`, `uncertainty_m` and `source` must be filled; `name_en`,
`kind`, `district_code` and `datum` (WGS-84, or GCJ-02 as street maps use it) may be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from observations.base.errors import Refused
from observations.base.lines import Unreadable
from observations.base.retrying import retried
from observations.base.roles import Person
from observations.base.tables import read_table
from observations.base.text import clean_text
from observations.log.entries import LogEntry
from observations.places.coordinates import Axis, degrees_of
from observations.places.datum import Datum, datum_of, to_wgs84
from observations.places.districts import DISTRICTS, district_of, is_in_city
from observations.places.named_place import NamedPlace, place_id_of
from observations.places.store import Store

NEEDED = ("name_zh", "latitude", "longitude", "uncertainty_m", "source")
NAME_LENGTH, SOURCE_LENGTH, WORD_LENGTH = 80, 400, 40
WIDEST_M = 100_000.0
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Problem:
    """An error in one line of the file; `column` is where it is, `code` which one it is."""

    line: int
    column: str
    code: str


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do.

    The places that are new, changed and unchanged, and the lines with problems. With a problem
    nothing is written.
    """

    new: int
    changed: int
    unchanged: int
    problems: tuple[Problem, ...]


def import_places(
    store: Store, person: Person, data: bytes, now: datetime, is_dry_run: bool = False
) -> Imported:
    """Read a table (`observations.base.tables` says which files) and store its places, all or none.

    Raises `Refused("places.unreadable")` for a file that is no such table or has over 20,000 lines.
    """
    rows = _rows(data)
    lines = [_place(line, row) for line, row in rows]
    problems = tuple(one for one in lines if isinstance(one, Problem))
    places = {one.place_id: one for one in lines if isinstance(one, NamedPlace)}
    earlier = {place.place_id: place for place in store.places.imported_places()}
    fresh = [place for place_id, place in places.items() if earlier.get(place_id) != place]
    new = sum(place.place_id not in earlier for place in fresh)
    if fresh and not problems and not is_dry_run:
        _keep(store, person, fresh, now)
    return Imported(new, len(fresh) - new, len(places) - len(fresh), problems)


@retried
def _keep(store: Store, person: Person, places: Sequence[NamedPlace], now: datetime) -> None:
    with store.transaction() as tx:
        tx.places.put_places(places)
        details: dict[str, object] = {"places": len(places)}
        tx.log.add(LogEntry("places.imported", None, person, now, details))


def _is_heading(cells: Sequence[str]) -> bool:
    return set(NEEDED) <= {cell.strip() for cell in cells}


def _rows(data: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows by column; {} for one with a cell too few or too many."""
    try:
        table = read_table(data, _is_heading)
    except Unreadable:
        raise Refused("places.unreadable") from None
    if not _is_heading(table.heading) or len(table.lines) > MOST_ROWS:
        raise Refused("places.unreadable")
    return [(line.number, table.by_column(line) or {}) for line in table.lines]


def _place(line: int, row: dict[str, str]) -> NamedPlace | Problem:
    """The place of a line, or the first problem in it."""
    problem = next(_problems(line, row), None)
    if problem:
        return problem
    latitude, longitude, uncertainty = _circle(row) or (0.0, 0.0, 0.0)
    by_border = district_of(latitude, longitude)
    district = (row.get("district_code") or "").strip() or (by_border.code if by_border else None)
    name = row["name_zh"].strip()
    return NamedPlace(
        place_id=place_id_of(name, district),
        name_zh=name,
        name_en=(row.get("name_en") or "").strip(),
        kind=(row.get("kind") or "").strip() or "place",
        latitude=latitude,
        longitude=longitude,
        uncertainty_m=uncertainty,
        district=district,
        source=row["source"].strip(),
    )


def _problems(line: int, row: dict[str, str]) -> Iterator[Problem]:
    if not row:
        yield Problem(line, "", "columns")
        return
    yield from (Problem(line, column, "empty") for column in NEEDED if not row[column].strip())
    yield from _problems_of_text(line, row)
    yield from _problems_of_place(line, row)


def _problems_of_text(line: int, row: dict[str, str]) -> Iterator[Problem]:
    limits = {
        "name_zh": NAME_LENGTH,
        "name_en": NAME_LENGTH,
        "kind": WORD_LENGTH,
        "source": SOURCE_LENGTH,
    }
    for column, limit in limits.items():
        try:
            clean_text(row.get(column), column, limit)
        except Refused:
            yield Problem(line, column, "text")
    district = (row.get("district_code") or "").strip()
    if district and district not in DISTRICTS:
        yield Problem(line, "district_code", "unknown")
    if row.get("datum") and datum_of(row["datum"]) is None:
        yield Problem(line, "datum", "unknown")


def _problems_of_place(line: int, row: dict[str, str]) -> Iterator[Problem]:
    numbers = dict(zip(NEEDED[1:4], _numbers(row), strict=True))
    yield from (Problem(line, column, "number") for column, n in numbers.items() if n is None)
    circle = _circle(row)
    if circle is None:
        return
    uncertainty = circle[-1]
    if not 0 < uncertainty <= WIDEST_M:
        yield Problem(line, "uncertainty_m", "number")
    if not is_in_city(*circle):
        yield Problem(line, "latitude", "outside")


def _numbers(row: dict[str, str]) -> tuple[float | None, float | None, float | None]:
    return (
        degrees_of(row["latitude"].strip(), Axis.LATITUDE),
        degrees_of(row["longitude"].strip(), Axis.LONGITUDE),
        _number(row["uncertainty_m"]),
    )


def _circle(row: dict[str, str]) -> tuple[float, float, float] | None:
    """The place in WGS-84 and its uncertainty; None where a number cannot be read."""
    latitude, longitude, uncertainty = _numbers(row)
    if latitude is None or longitude is None or uncertainty is None:
        return None
    datum = datum_of(row.get("datum") or Datum.WGS84) or Datum.WGS84
    return (*to_wgs84(latitude, longitude, datum), uncertainty)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
