"""CSV files that staff import: margins to rake to, and the official survey's published scores."""

from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.log.entries import LogEntry
from observations.places.districts import DISTRICTS
from observations.satisfaction.margins import CITY, read_margins_file, rows_of
from observations.satisfaction.official import DIMENSION_NAMES, PROVINCE, OfficialScore
from observations.satisfaction.store import Store
from observations.satisfaction.wave_steps import RUN_WAVES

COLUMNS = ("scope", "year", "dimension", "score", "note", "source", "confidence")
MOST_BYTES, MOST_ROWS, LONGEST = 1_000_000, 2000, 300


@retried
def import_margins(store: Store, person: Person, data: bytes, now: datetime) -> int:
    """Store a margins file that applies from `now` on; the number of its rows.

    Closed waves keep their margins. Raises `Refused`: `role.may_not`, `satisfaction.margins`.
    """
    staff_id = _staff(person)
    rows = read_margins_file(_bounded(data, "satisfaction.margins"))
    with store.transaction() as tx:
        tx.satisfaction.add_margins(new_id(), rows, staff_id, now)
        tx.log.add(LogEntry("margins.imported", None, person, now, {"rows": len(rows)}))
    return len(rows)


@retried
def import_scores(store: Store, person: Person, data: bytes, now: datetime) -> int:
    """Store published scores of the official survey; their number.

    A score that is stored already is replaced. Raises `Refused`: `role.may_not`,
    `satisfaction.official`.
    """
    staff_id = _staff(person)
    scores = read_scores_file(_bounded(data, "satisfaction.official"))
    with store.transaction() as tx:
        tx.satisfaction.import_scores(scores, staff_id, now)
        tx.log.add(LogEntry("official_scores.imported", None, person, now, {"rows": len(scores)}))
    return len(scores)


def read_scores(text: str) -> list[OfficialScore]:
    """The rows of a file with the columns of `COLUMNS`; every row names its source.

    Raises `Refused`: `satisfaction.official` with the line and the column that is wrong.
    """
    return read_scores_file(text.encode())


def read_scores_file(data: bytes) -> list[OfficialScore]:
    """The same of a file's bytes; `observations.base.tables` says which files are read."""
    scores = [_score(number, row) for number, row in rows_of(data, COLUMNS, _wrong)]
    if not scores or len(scores) > MOST_ROWS:
        raise _wrong(1 + len(scores), "scope")
    return scores


def _score(line: int, row: dict[str, str]) -> OfficialScore:
    cells = {column: row[column][:LONGEST] for column in COLUMNS}
    if cells["scope"] not in {PROVINCE, CITY, *DISTRICTS}:
        raise _wrong(line, "scope")
    if cells["dimension"] not in DIMENSION_NAMES:
        raise _wrong(line, "dimension")
    if not cells["source"]:
        raise _wrong(line, "source")
    try:
        year, score = float(cells["year"]), float(cells["score"])
    except ValueError:
        raise _wrong(line, "score") from None
    if not (year.is_integer() and 2000 <= year <= 2200 and 0 <= score <= 100):
        raise _wrong(line, "score")
    return OfficialScore(
        cells["scope"],
        int(year),
        cells["dimension"],
        score,
        cells["note"],
        cells["source"],
        cells["confidence"],
    )


def _staff(person: Person) -> UUID:
    require(person, RUN_WAVES)
    if person.staff_id is None:
        raise Refused("role.may_not")
    return person.staff_id


def _bounded(data: bytes, code: str) -> bytes:
    if len(data) > MOST_BYTES:
        raise Refused(code, line=1, column="UTF-8")
    return data


def _wrong(line: int, column: str) -> Refused:
    return Refused("satisfaction.official", field="official", line=line, column=column)
