"""Margins: known numbers of the city's population, imported by staff as a CSV with its source."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from observations.base.errors import Refused
from observations.base.lines import Unreadable
from observations.base.tables import read_table
from observations.base.wording import N_
from observations.places.districts import DISTRICTS
from observations.satisfaction.figures.raking import Margin

COLUMNS = ("scope", "variable", "category", "people", "source", "source_year")
CITY = "330100"
DISTRICT, TIER, AGE, SEX = range(4)
"""The positions of the variables in a cell."""
VARIABLES = {"district": DISTRICT, "age": AGE, "sex": SEX}
SEXES = {"female": N_("女"), "male": N_("男")}
MOST_ROWS, MOST_CATEGORIES, LONGEST_CATEGORY, LONGEST_SOURCE = 2000, 12, 20, 300
CENSUS_YEAR = 2020
CENSUS_SOURCE = N_("杭州市第七次人口普查公报（常住人口，2020 年）")


@dataclass(frozen=True)
class MarginRow:
    """One margin: `people` of `scope` belong to `category` of `variable`.

    `scope` is the city's adcode or a district's; `variable` is `district`, `age` or `sex`.
    """

    scope: str
    variable: str
    category: str
    people: float
    source: str
    source_year: int


def census() -> list[MarginRow]:
    """The margins until staff import a table: the districts of the 2020 census."""
    return [
        MarginRow(CITY, "district", d.code, d.population_2020, CENSUS_SOURCE, CENSUS_YEAR)
        for d in DISTRICTS.values()
    ]


def read_margins(text: str) -> list[MarginRow]:
    """The rows of a margins file, a table with the columns of `COLUMNS`.

    Raises `Refused`: `satisfaction.margins` with the line and what is wrong with it.
    """
    return read_margins_file(text.encode())


def read_margins_file(data: bytes) -> list[MarginRow]:
    """The same of a file's bytes; `observations.base.tables` says which files are read."""
    rows = [_row(number, row) for number, row in rows_of(data, COLUMNS, _wrong)]
    _refuse_incomplete(rows)
    return rows


def rows_of(
    data: bytes, columns: Sequence[str], wrong: Callable[[int, str], Refused]
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table that has these columns, in this order; `wrong` makes the refusal."""

    def is_heading(cells: Sequence[str]) -> bool:
        return [cell.strip() for cell in cells if cell.strip()] == list(columns)

    try:
        table = read_table(data, is_heading)
    except Unreadable:
        raise wrong(1, "UTF-8") from None
    if not is_heading(table.heading):
        raise wrong(1, ",".join(columns))
    rows = []
    for line in table.lines:
        row = table.by_column(line)
        if row is None:
            raise wrong(line.number, ",".join(columns))
        rows.append((line.number, {name: cell.strip() for name, cell in row.items()}))
    return rows


def write_margins(rows: Sequence[MarginRow]) -> str:
    """The rows as the file that `read_margins` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        people = int(row.people) if row.people == int(row.people) else row.people
        writer.writerow(
            (row.scope, row.variable, row.category, people, row.source, row.source_year)
        )
    return out.getvalue()


def categories(rows: Sequence[MarginRow], variable: str) -> list[str]:
    """The categories of a variable, in the file's order; empty: it is not asked."""
    return list(dict.fromkeys(row.category for row in rows if row.variable == variable))


def margins_of(rows: Sequence[MarginRow], small: Sequence[str]) -> list[Margin]:
    """The margins to rake to. The districts in `small`, too small to be shown, count as one."""
    scopes: dict[tuple[str, str], dict[str, float]] = {}
    for row in rows:
        scopes.setdefault((row.variable, row.scope), {})[row.category] = row.people
    margins = []
    for (variable, scope), targets in scopes.items():
        within = None if scope == CITY else (DISTRICT, scope)
        groups = _grouped(targets, small) if variable == "district" else ()
        margins.append(Margin(VARIABLES[variable], targets, within, groups))
    return margins


def _grouped(targets: dict[str, float], small: Sequence[str]) -> list[list[str]]:
    alone = [[category] for category in targets if category not in small]
    together = [category for category in targets if category in small]
    return [*alone, together] if together else alone


def _row(number: int, row: dict[str, str]) -> MarginRow:
    scope, variable = row["scope"], row["variable"]
    category, source = row["category"], row["source"]
    if number > MOST_ROWS or (scope != CITY and scope not in DISTRICTS):
        raise _wrong(number, "scope")
    if variable not in VARIABLES or (variable == "district" and scope != CITY):
        raise _wrong(number, "variable")
    if not _is_category(variable, category):
        raise _wrong(number, "category")
    if not 0 < len(source) <= LONGEST_SOURCE:
        raise _wrong(number, "source")
    people, year = _numbers(number, row)
    return MarginRow(scope, variable, category, people, source, year)


def _is_category(variable: str, category: str) -> bool:
    if variable == "district":
        return category in DISTRICTS
    if variable == "sex":
        return category in SEXES
    return 0 < len(category) <= LONGEST_CATEGORY


def _numbers(number: int, row: dict[str, str]) -> tuple[float, int]:
    try:
        people, year = float(row["people"]), float(row["source_year"])
    except ValueError:
        raise _wrong(number, "people") from None
    if not (isfinite(people) and people > 0 and year.is_integer() and 1900 <= year <= 2200):
        raise _wrong(number, "people")
    return people, int(year)


def _refuse_incomplete(rows: Sequence[MarginRow]) -> None:
    keys = [(row.scope, row.variable, row.category) for row in rows]
    if len(set(keys)) < len(keys):
        raise _wrong(1 + len(keys), "category")
    if set(categories(rows, "district")) != set(DISTRICTS):
        raise _wrong(1 + len(keys), "district")
    if any(len(categories(rows, v)) > MOST_CATEGORIES for v in ("age", "sex")):
        raise _wrong(1 + len(keys), "category")


def _wrong(line: int, column: str) -> Refused:
    return Refused("satisfaction.margins", field="margins", line=line, column=column)
