"""The only builder of SQL: it joins fixed, named conditions; values are always bound.

An optional filter written as `:x is null or …` would keep an engine from using an index, so a
statement of `queries/map.sql` has `1 = 1` in the place of the conditions.
"""

import re
from functools import cache
from pathlib import Path

from observations.map.exploring import Filters, Origin
from observations.map.spots import GENERALISED, Cell, Single, Spot, Square

PLACE_OF_CONDITIONS = "1 = 1"
# Citizens' records and the surveys' are read with the same conditions.
SIGHTINGS, SURVEY_ROWS = "released_occurrence", "surveyed_occurrence"
CONDITIONS = {
    "group": "r.group_code = :group_code",
    "taxon": "r.taxon_id = :taxon_id",
    "district": "r.district = :district",
    "invasive": "r.taxon_id in (select t.taxon_id from taxon as t where t.is_invasive)",
    "protected": "r.taxon_id in"
    " (select t.taxon_id from taxon as t where t.national_protection is not null)",
    "months": "extract(month from r.event_day) = any(cast(:months as integer[]))",
    # a record that shows only its month is found where that month overlaps the days
    "from": "r.event_day >= case when r.grid is null then cast(:first_day as date)"
    " else cast(:first_month as date) end",
    "to": "r.event_day <= :last_day",
    "statuses": "r.verification_status = any(cast(:statuses as text[]))",
    "box": "r.decimal_latitude between :south and :north"
    " and r.decimal_longitude between :west and :east",
    "fine": "(r.square is null or r.square >= 100)",
    # a square of 0.1 degrees is wider than a cell, and is not counted in one
    "cell": "r.cell_city = any(cast(:cells as text[])) and (r.square is null or r.square >= 100)",
    "fine_cell": "r.cell_quarter = any(cast(:cells as text[]))",
    "square": "r.square between :square_grid and :square_finest"
    " and r.decimal_latitude >= :square_south and r.decimal_latitude < :square_north"
    " and r.decimal_longitude >= :square_west and r.decimal_longitude < :square_east",
    "quarters": "r.cell_quarter = any(cast(:quarters as text[]))",
    "single": "r.public_id = :public_id",
}
Values = dict[str, object]


def narrowed(file: Path, name: str, filters: Filters) -> tuple[str, Values]:
    """The statement `name` of a `.sql` file with the filters' conditions, and their values."""
    names, values = _conditions(filters)
    conditions = " and ".join(CONDITIONS[condition] for condition in names)
    sql = statements(file)[name]
    if filters.origin is Origin.SURVEY:
        sql = sql.replace(SIGHTINGS, SURVEY_ROWS)
    return (sql.replace(PLACE_OF_CONDITIONS, conditions) if names else sql), values


@cache
def statements(file: Path) -> dict[str, str]:
    """The named blocks of a `.sql` file as written, without their comments."""
    text = re.sub(r"^--(?! name:).*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
    blocks = re.split(r"^-- name: *(\w+).*\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(blocks[::2], (block.strip() for block in blocks[1::2]), strict=True))


def _conditions(filters: Filters) -> tuple[list[str], Values]:
    """The names of the conditions, and their values."""
    conditions: dict[str, Values] = {}
    if filters.group_code is not None:
        conditions["group"] = {"group_code": filters.group_code}
    if filters.taxon_id is not None:
        conditions["taxon"] = {"taxon_id": filters.taxon_id}
    if filters.district is not None:
        conditions["district"] = {"district": filters.district}
    if filters.subject is not None:
        conditions[str(filters.subject)] = {}
    if filters.months:
        conditions["months"] = {"months": list(filters.months)}
    if filters.statuses:
        conditions["statuses"] = {"statuses": [str(status) for status in filters.statuses]}
    conditions |= _days(filters) | _places(filters)
    values = {name: value for named in conditions.values() for name, value in named.items()}
    return list(conditions), values


def _days(filters: Filters) -> dict[str, Values]:
    conditions: dict[str, Values] = {}
    if filters.first_day is not None:
        month = filters.first_day.replace(day=1)
        conditions["from"] = {"first_day": filters.first_day, "first_month": month}
    if filters.last_day is not None:
        conditions["to"] = {"last_day": filters.last_day}
    return conditions


def _places(filters: Filters) -> dict[str, Values]:
    conditions: dict[str, Values] = {}
    if filters.box is not None:
        box = filters.box
        conditions["box"] = {
            "south": box.south,
            "north": box.north,
            "west": box.west,
            "east": box.east,
        }
    if filters.is_fine:
        conditions["fine"] = {}
    if filters.quarters:
        conditions["quarters"] = {"quarters": list(filters.quarters)}
    if filters.spot is not None:
        name, values = _spot(filters.spot)
        conditions[name] = values
    return conditions


def _spot(spot: Spot) -> tuple[str, Values]:
    if isinstance(spot, Cell):
        return ("fine_cell" if spot.is_fine else "cell"), {"cells": list(spot.stored_cells)}
    if isinstance(spot, Single):
        return "single", {"public_id": spot.public_id}
    return "square", _square(spot)


def _square(square: Square) -> Values:
    box = square.box
    return {
        "square_grid": square.grid,
        # the squares of a finer grid are drawn as the wider one where they are many
        "square_finest": GENERALISED[-1] if square.grid in GENERALISED else square.grid,
        "square_south": box.south,
        "square_north": box.north,
        "square_west": box.west,
        "square_east": box.east,
    }
