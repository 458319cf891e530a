"""Survey datasets: the rows of a file that the staff import, and what becomes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID, uuid5

from observations.places.grid import DIAGONAL_M, SensitiveCategory

# By GBIF's vocabulary: how a row of a dataset came to be.
BASES_OF_RECORD = (
    "HumanObservation",
    "MachineObservation",
    "PreservedSpecimen",
    "FossilSpecimen",
    "LivingSpecimen",
    "MaterialSample",
    "MaterialCitation",
    "Occurrence",
)
CODE_LENGTH, TITLE_LENGTH = 80, 200
WIDEST_GRID = 10
_CELLS_A_DEGREE: dict[int, int] = {
    SensitiveCategory.TENTH: 10,
    SensitiveCategory.HUNDREDTH: 100,
    SensitiveCategory.THOUSANDTH: 1000,
}


@dataclass(frozen=True)
class Dataset:
    """One dataset. `code` is what a re-import is recognised by; times are UTC."""

    dataset_id: UUID
    code: str
    title: str
    licence: str
    rights_holder: str
    source_file: str
    source_sha256: str
    record_count: int
    rules_out_sensitive: bool
    is_demo: bool
    imported_by: UUID | None
    first_imported_at: datetime
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class SurveyOccurrence:
    """One row of a dataset with its exact place (WGS-84): for staff only.

    `grid`, `district` and the cells are those of the public place. Days are of Hangzhou's
    calendar, both included; `taxon_id` None: not on the checklist. `scientific_name` is as far as
    the name is certain, `verbatim_name` the name as given where that is another, else "".
    `resembled_category` is the strictest of the sensitive names that the row's names are like,
    `source_grid` the cells a degree that its source had generalised the place to.
    """

    record_id: UUID
    public_id: UUID
    occurrence_id: str
    content_hash: str
    taxon_id: UUID | None
    scientific_name: str
    vernacular_name: str
    group_code: str | None
    basis_of_record: str
    first_day: date
    last_day: date
    decimal_latitude: float
    decimal_longitude: float
    coordinate_uncertainty_in_meters: float | None
    individual_count: int | None
    establishment_means: str | None
    licence: str
    is_rough_at_source: bool
    grid: int | None
    district: str | None
    cell_city: str
    cell_quarter: str | None
    verbatim_name: str
    resembled_category: int | None
    source_grid: int | None


_NAMES = tuple(field.name for field in fields(SurveyOccurrence))
_VALUES = attrgetter(*_NAMES)
_IDS = frozenset({"record_id", "public_id", "taxon_id"})
Columns = Mapping[str, Sequence[object]]


def columns_of(rows: Sequence[SurveyOccurrence]) -> Columns:
    """The values of rows by field, ids as text: a fifth of the time to put aside and to store."""
    values = zip(*map(_VALUES, rows), strict=True) if rows else ((),) * len(_NAMES)
    return {
        name: [one and str(one) for one in column] if name in _IDS else list(column)
        for name, column in zip(_NAMES, values, strict=True)
    }


@dataclass(frozen=True)
class Known:
    """The stored fields of a row that a file imports again."""

    public_id: UUID
    content_hash: str


@dataclass(frozen=True, slots=True)
class RowNames:
    """The names of a row that is not on the checklist; `verbatim_name` "" where it is the first."""

    scientific_name: str
    vernacular_name: str
    verbatim_name: str


def record_id_of(dataset_id: UUID, occurrence_id: str) -> UUID:
    """The id of a row of a dataset: the same in every import."""
    return uuid5(dataset_id, occurrence_id)


def grid_of(
    category: int | None,
    is_listed: bool,
    rules_out_sensitive: bool,
    source_grid: int | None = None,
) -> int | None:
    """Cells a degree of the public place, None: exact; the rule of the view, in Python.

    `category` is the taxon's or that of a name it resembles, 1 included (nothing of it is public;
    the cell is stored all the same). A name outside the checklist may be a sensitive one: 0.1
    degrees, unless ruled out. What the source generalised stays as wide. The stricter wins.
    """
    if not (is_listed or rules_out_sensitive):
        return WIDEST_GRID
    if category is None:
        return source_grid
    grid = _CELLS_A_DEGREE.get(category, WIDEST_GRID)
    return min(grid, source_grid) if source_grid else grid


def source_grid_of(uncertainty_m: float | None) -> int:
    """Cells a degree of a place that its source generalised, by the uncertainty that it states."""
    fine = (grid for grid in (1000, 100) if uncertainty_m and uncertainty_m <= DIAGONAL_M / grid)
    return next(fine, WIDEST_GRID)
