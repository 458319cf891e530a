"""One row of a file as a survey record, or as its list of problems."""

import hashlib
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from observations.base.ids import random_id
from observations.exchange.names import Determination, Names, group_of_words
from observations.exchange.survey_file.dates import days_of, days_of_parts
from observations.exchange.survey_file.licences import licence_of
from observations.exchange.survey_file.presence import check_presence
from observations.exchange.survey_file.problems import RowProblem, RowProblems
from observations.exchange.survey_file.sources import Cells
from observations.exchange.survey_file.words import folded, is_one_of
from observations.places.coordinates import Axis, degrees_and_axis
from observations.places.datum import datum_of, to_wgs84
from observations.places.districts import district_of, is_in_city
from observations.surveys.dataset_projection import survey_place
from observations.surveys.datasets import (
    BASES_OF_RECORD,
    SurveyOccurrence,
    grid_of,
    record_id_of,
    source_grid_of,
)
from observations.taxa.amounts import amount_of

_What = tuple[str, Determination, tuple[float, float]]
_When = tuple[tuple[date, date], str, int | None, float | None]
LONGEST_CELL, LONGEST_ID = 2_000, 255
MOST_INDIVIDUALS = 2_147_483_647
REMEMBERED = 1_000
DECIMALS = 7  # one centimetre
# Half the diagonal of a square with sides of a degree, in metres: what a coordinatePrecision means.
HALF_DIAGONAL_M = 78_600
ROUGH_TERMS = frozenset(("isObscured", "dataGeneralizations", "informationWithheld"))
HIGHER_RANKS = ("family", "order", "class", "phylum", "kingdom")
_BASES = {base.casefold(): base for base in BASES_OF_RECORD}
# Values used before GBIF's vocabulary of 2009, and those that people write.
_BASES |= {
    "": "HumanObservation",
    "observation": "HumanObservation",
    "o": "HumanObservation",
    "specimen": "PreservedSpecimen",
    "s": "PreservedSpecimen",
    "fossil": "FossilSpecimen",
    "living": "LivingSpecimen",
}
MEANS = frozenset(("captive", "establishmentMeans", "degreeOfEstablishment"))
PLANTED, WILD = "planted_or_captive", "wild"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_METRES = re.compile(
    # \u00b1: plus or minus; \u7c73: metres, \u516c\u91cc: kilometres
    r"^[\u00b1~<\u2264]?\s*(\d+(?:[.,]\d+)?(?:[eE]\+?\d+)?)\s*"
    r"(?:m|metres?|meters?|\u7c73|(km|\u516c\u91cc|\u5343\u7c73))?$",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
# Columns where no cell may begin like a formula; numbers and iNaturalist's values may.
_TEXTS = frozenset(
    ("occurrenceID", "scientificName", "vernacularName", "group", "basisOfRecord", "license")
)


@dataclass(frozen=True)
class Reader:
    """What rows are read with: the dataset, the checklist, and the current day in Hangzhou."""

    dataset_id: UUID
    names: Names
    rules_out_sensitive: bool
    today: date

    def read(self, cells: Cells) -> SurveyOccurrence:
        """The record of a row.

        Raises `RowProblems` with every problem of it, `KnownAbsence` for one of nothing seen.
        """
        try:
            _check_text(cells)
            check_presence(cells)
            return self._record(
                cells,
                (_occurrence_id(cells), self._name(cells), _place(cells)),
                (self._days(cells), _basis(cells), _count(cells), _uncertainty(cells)),
            )
        except RowProblem:
            raise RowProblems(self._problems(cells)) from None

    def _problems(self, cells: Cells) -> list[RowProblem]:
        """Every problem of a row; where its text cannot be read, only that one."""
        wrong: list[RowProblem] = []

        def ask(part: Callable[[Cells], object]) -> None:
            try:
                part(cells)
            except RowProblem as refused:
                wrong.append(refused)

        ask(_check_text)
        if wrong:
            return wrong
        ask(check_presence)
        parts = _occurrence_id, self._name, _place, self._days, _basis, _count, _uncertainty
        for part in parts:
            ask(part)
        return wrong

    def _record(self, cells: Cells, what: _What, when: _When) -> SurveyOccurrence:
        (occurrence_id, named, point) = what
        (days, basis, count, uncertainty) = when
        is_rough = _is_rough(cells)
        source_grid = source_grid_of(uncertainty) if is_rough else None
        grid = self._grid(named, source_grid)
        facts = (
            named.taxon.taxon_id if named.taxon else None,
            named.scientific_name,
            named.vernacular_name,
            _group(cells, named),
            basis,
            *days,
            *point,
            uncertainty,
            count,
            _means(cells, basis),
            licence_of(cells.get("license", "")),
            is_rough,
            grid,
        )
        place = survey_place(*point, grid, uncertainty)
        beside = named.verbatim_name, named.category, source_grid
        return SurveyOccurrence(
            record_id_of(self.dataset_id, occurrence_id),
            random_id(),
            occurrence_id,
            _hash((*facts, *beside)),
            *facts,
            place.district,
            place.cell_city,
            place.cell_quarter,
            *beside,
        )

    def _grid(self, named: Determination, source_grid: int | None) -> int | None:
        taxon = named.taxon
        own, other = taxon.sensitive_category if taxon else None, named.category
        category = min(own, other) if own and other else own or other
        return grid_of(category, taxon is not None, self.rules_out_sensitive, source_grid)

    def _name(self, cells: Cells) -> Determination:
        names = (
            cells.get("scientificName", ""),
            cells.get("vernacularName", ""),
            cells.get("identificationQualifier", ""),
        )
        try:
            return self.names.determine(*names)
        except RowProblem as refused:
            higher = tuple(cells[rank] for rank in HIGHER_RANKS if rank in cells)
            if refused.code != "name_in_doubt" or not higher:
                raise
            return self.names.determine(*names, higher)

    def _days(self, cells: Cells) -> tuple[date, date]:
        if text := cells.get("eventDate"):
            return days_of(text, self.today)
        if year := cells.get("year"):
            return days_of_parts(year, cells.get("month", ""), cells.get("day", ""), self.today)
        raise RowProblem("no_date")


def _check_text(cells: Cells) -> None:
    whole = "".join(cells.values())
    if not (whole.isascii() and whole.isprintable() and len(whole) <= LONGEST_CELL):
        for text in cells.values():
            _check_cell(text)
    for term, text in cells.items():
        if text.startswith(_FORMULA) and (term in _TEXTS or text[0] in "=@"):
            raise RowProblem("formula", value=text[:40])


def _check_cell(text: str) -> None:
    if len(text) > LONGEST_CELL:
        raise RowProblem("too_long")
    if "\x00" in text or "\ufffd" in text:
        raise RowProblem("unreadable_text")
    if "\n" in text or "\r" in text:
        raise RowProblem("line_break")


def _is_rough(cells: Cells) -> bool:
    """Whether the source generalised the place, or withheld something, before it made the file."""
    if ROUGH_TERMS.isdisjoint(cells):
        return False
    if is_one_of(cells.get("isObscured", ""), "true"):
        return True
    said = (cells.get(term, "") for term in ("dataGeneralizations", "informationWithheld"))
    return any(text and not is_one_of(text, "absent") for text in said)


def _occurrence_id(cells: Cells) -> str:
    text = cells.get("occurrenceID", "")
    if not text:
        raise RowProblem("no_id")
    if len(text) > LONGEST_ID:
        raise RowProblem("too_long")
    return text


def _place(cells: Cells) -> tuple[float, float]:
    """WGS-84 latitude and longitude of a place that reaches into Hangzhou."""
    texts = cells.get("decimalLatitude", ""), cells.get("decimalLongitude", "")
    if not all(texts):
        raise RowProblem("no_place")
    written = ", ".join(texts)
    (latitude, north), (longitude, east) = map(degrees_and_axis, texts)
    if latitude is None or longitude is None:
        raise RowProblem("place_unreadable", value=written[:80])
    if north is Axis.LONGITUDE or east is Axis.LATITUDE:
        raise RowProblem("place_swapped", value=written[:80])
    point = _in_wgs84(latitude, longitude, cells)
    if district_of(*point) is None and not is_in_city(*point, reach := _reach(cells)):
        is_swapped = is_in_city(*_in_wgs84(longitude, latitude, cells), reach)
        raise RowProblem("place_swapped" if is_swapped else "place_outside", value=written[:80])
    return round(point[0], DECIMALS), round(point[1], DECIMALS)


def _reach(cells: Cells) -> float | None:
    """The uncertainty, None where it cannot be read, which is a problem of its own."""
    try:
        return _uncertainty(cells)
    except RowProblem:
        return None


def _in_wgs84(latitude: float, longitude: float, cells: Cells) -> tuple[float, float]:
    if "geodeticDatum" not in cells:
        return latitude, longitude
    name = cells["geodeticDatum"]
    datum = datum_of(name)
    if datum is None:
        raise RowProblem("datum_unknown", value=name[:40])
    return to_wgs84(latitude, longitude, datum)


def _uncertainty(cells: Cells) -> float | None:
    """Uncertainty in metres; for a generalised place that of the generalised one."""
    text = cells.get("coordinateUncertaintyInMeters", "")
    if _is_rough(cells):
        text = cells.get("publicAccuracy", text)
    metres = _metres(text) if text else 0.0
    if precision := cells.get("coordinatePrecision"):
        degrees = amount_of(precision) or 0.0
        metres = max(metres, degrees * HALF_DIAGONAL_M if 0 < degrees < 10 else 0.0)
    return metres or None  # programs write 0 for "not known"


@lru_cache(REMEMBERED)
def _metres(text: str) -> float:
    match = _METRES.match(_THOUSANDS.sub("", text))
    metres = float(match[1].replace(",", ".")) if match else math.inf
    if match and match[2]:
        metres *= 1000
    if not math.isfinite(metres):
        raise RowProblem("uncertainty_unreadable", value=text[:40])
    return metres


def _count(cells: Cells) -> int | None:
    text = cells.get("individualCount", "")
    if not text:
        return None
    amount = amount_of(text)
    if amount is None or not (amount.is_integer() and 0 < amount <= MOST_INDIVIDUALS):
        raise RowProblem("count_unreadable", value=text[:40])
    return int(amount)


def _basis(cells: Cells) -> str:
    text = cells.get("basisOfRecord", "")
    try:
        return _BASES[folded(text)]
    except KeyError:
        raise RowProblem("basis_unknown", value=text[:40]) from None


def _means(cells: Cells, basis: str) -> str | None:
    """Whether it was captive or planted, or wild; None where no column says."""
    if MEANS.isdisjoint(cells):
        return PLANTED if basis == "LivingSpecimen" else None
    said = [cells[term] for term in MEANS if term in cells]
    is_true = is_one_of(cells.get("captive", ""), "true")
    if is_true or basis == "LivingSpecimen" or any(is_one_of(text, "captive") for text in said):
        return PLANTED
    return WILD if any(is_one_of(text, "wild") for text in said) else None


def _group(cells: Cells, named: Determination) -> str | None:
    if named.group:
        return str(named.group)
    return group_of_words(*(cells.get(term, "") for term in ("group", "class", "kingdom")))


def _hash(facts: Sequence[object]) -> str:
    return hashlib.blake2b(repr(facts).encode(), digest_size=16).hexdigest()
