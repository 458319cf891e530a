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
from observations.exchange.names import Names, canonical, group_of_words
from observations.exchange.survey_file.dates import days_of, days_of_parts
from observations.exchange.survey_file.problems import RowProblem, RowProblems
from observations.exchange.survey_file.sources import Cells
from observations.places.datum import wgs84_of
from observations.places.districts import CITY_BOX, is_in_city_box
from observations.surveys.dataset_projection import survey_place
from observations.surveys.datasets import (
    BASES_OF_RECORD,
    SurveyOccurrence,
    grid_of,
    record_id_of,
)
from observations.taxa.taxon import Taxon

_What = tuple[str, tuple[Taxon | None, str, str], tuple[float, float]]
_When = tuple[tuple[date, date], str, int | None, float | None]
LONGEST_CELL, LONGEST_ID = 2_000, 255
MOST_INDIVIDUALS = 2_147_483_647
REMEMBERED = 1_000
DECIMALS = 7  # one centimetre
SAME_PLACE = {
    "wgs84",
    "wgs1984",
    "epsg:4326",
    "epsg4326",
    "cgcs2000",
    "epsg:4490",
    "worldgeodeticsystem1984",
}
SHIFTED = {"gcj02"}
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
_WILD = {"native", "wild", "introduced", "naturalised", "naturalized", "established"}
_PLANTED = {"managed", "cultivated", "captive", "planted_or_captive", "plantedorcaptive"}
_TRUE = {"true", "1", "yes"}
_LICENCES = (
    (("zero", "cc0"), "https://creativecommons.org/publicdomain/zero/1.0/"),
    (("by-nc-sa",), "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
    (("by-nc-nd",), "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
    (("by-nc",), "https://creativecommons.org/licenses/by-nc/4.0/"),
    (("by-sa",), "https://creativecommons.org/licenses/by-sa/4.0/"),
    (("by-nd",), "https://creativecommons.org/licenses/by-nd/4.0/"),
    (("cc-by", "licenses/by/", "attribution"), "https://creativecommons.org/licenses/by/4.0/"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"^[+-]?\d*\.?\d+(?:[eE][+-]?\d+)?$")
# Columns where no cell may begin like a formula; numbers and iNaturalist's values may.
_TEXTS = ("occurrenceID", "scientificName", "vernacularName", "group", "basisOfRecord", "license")


@dataclass(frozen=True)
class Reader:
    """What rows are read with: the dataset, the checklist, and the current day in Hangzhou."""

    dataset_id: UUID
    names: Names
    rules_out_sensitive: bool
    today: date

    def read(self, cells: Cells) -> SurveyOccurrence:
        """The record of a row. Raises `RowProblems` with every problem of it."""
        try:
            _check_text(cells)
            _check_presence(cells)
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
        ask(_check_presence)
        parts = _occurrence_id, self._name, _place, self._days, _basis, _count, _uncertainty
        for part in parts:
            ask(part)
        return wrong

    def _record(self, cells: Cells, what: _What, when: _When) -> SurveyOccurrence:
        (occurrence_id, (taxon, scientific, chinese), point) = what
        (days, basis, count, uncertainty) = when
        grid = self._grid(taxon)
        facts = (
            taxon.taxon_id if taxon else None,
            scientific,
            chinese,
            _group(cells, taxon),
            basis,
            *days,
            *point,
            uncertainty,
            count,
            _means(cells),
            licence_of(cells.get("license", "")),
            _is_rough(cells),
            grid,
        )
        place = survey_place(*point, grid)
        return SurveyOccurrence(
            record_id_of(self.dataset_id, occurrence_id),
            random_id(),
            occurrence_id,
            _hash(facts),
            *facts,
            place.district,
            place.cell_city,
            place.cell_quarter,
        )

    def _grid(self, taxon: Taxon | None) -> int | None:
        category = taxon.sensitive_category if taxon else None
        return grid_of(category, taxon is not None, self.rules_out_sensitive)

    def _name(self, cells: Cells) -> tuple[Taxon | None, str, str]:
        """The checklist's taxon, the scientific name without its author, the Chinese name."""
        written, chinese = cells.get("scientificName", ""), cells.get("vernacularName", "")
        if not written:
            taxon = self.names.by_chinese(chinese)
            if taxon is None:
                raise RowProblem("no_name", value=chinese or "–")
            return taxon, taxon.scientific_name, chinese
        scientific = canonical(written)
        if scientific is None:
            raise RowProblem("name_unreadable", value=written)
        return self.names.by_scientific(scientific), scientific, chinese

    def _days(self, cells: Cells) -> tuple[date, date]:
        if text := cells.get("eventDate"):
            return days_of(text, self.today)
        if year := cells.get("year"):
            return days_of_parts(year, cells.get("month", ""), cells.get("day", ""), self.today)
        raise RowProblem("no_date")


def _check_text(cells: Cells) -> None:
    for term, text in cells.items():
        if len(text) > LONGEST_CELL:
            raise RowProblem("too_long")
        if "\x00" in text or "\ufffd" in text:
            raise RowProblem("unreadable_text")
        if term in _TEXTS and text.startswith(_FORMULA):
            raise RowProblem("formula", value=text[:40])
        if text.startswith(("=", "@")):
            raise RowProblem("formula", value=text[:40])


def _check_presence(cells: Cells) -> None:
    if cells.get("occurrenceStatus", "present").casefold() == "absent":
        raise RowProblem("absent")


def _is_rough(cells: Cells) -> bool:
    """Whether the source generalised the place before it published the file."""
    return cells.get("isObscured", "").casefold() in _TRUE or "dataGeneralizations" in cells


def _occurrence_id(cells: Cells) -> str:
    text = cells.get("occurrenceID", "")
    if not text:
        raise RowProblem("no_id")
    if len(text) > LONGEST_ID:
        raise RowProblem("too_long")
    return text


def _place(cells: Cells) -> tuple[float, float]:
    """WGS-84 latitude and longitude within the city's box."""
    texts = cells.get("decimalLatitude", ""), cells.get("decimalLongitude", "")
    if not all(texts):
        raise RowProblem("no_place")
    written = ", ".join(texts)
    if not all(_NUMBER.match(text) for text in texts):
        raise RowProblem("place_unreadable", value=written)
    latitude, longitude = _in_wgs84(float(texts[0]), float(texts[1]), cells)
    if not is_in_city_box(latitude, longitude):
        is_swapped = CITY_BOX.contains(longitude, latitude)
        raise RowProblem("place_swapped" if is_swapped else "place_outside", value=written)
    return round(latitude, DECIMALS), round(longitude, DECIMALS)


def _in_wgs84(latitude: float, longitude: float, cells: Cells) -> tuple[float, float]:
    datum = _folded(cells.get("geodeticDatum", "WGS84"))
    if datum in SHIFTED:
        return wgs84_of(latitude, longitude)
    if datum not in SAME_PLACE:  # CGCS2000 and WGS-84 differ by centimetres
        raise RowProblem("datum_unknown", value=cells["geodeticDatum"])
    return latitude, longitude


def _uncertainty(cells: Cells) -> float | None:
    """Uncertainty in metres; for a generalised place that of the generalised one."""
    text = cells.get("coordinateUncertaintyInMeters", "")
    if _is_rough(cells):
        text = cells.get("publicAccuracy", text)
    if not text:
        return None
    if not _NUMBER.match(text) or float(text) < 0 or not math.isfinite(float(text)):
        raise RowProblem("uncertainty_unreadable", value=text)
    return float(text) or None  # programs write 0 for "not known"


def _count(cells: Cells) -> int | None:
    text = cells.get("individualCount", "")
    if not text:
        return None
    whole = text.removesuffix(".0")
    if not (whole.isascii() and whole.isdigit() and 0 < int(whole) <= MOST_INDIVIDUALS):
        raise RowProblem("count_unreadable", value=text[:40])
    return int(whole)


def _basis(cells: Cells) -> str:
    text = cells.get("basisOfRecord", "")
    try:
        return _BASES[_folded(text)]
    except KeyError:
        raise RowProblem("basis_unknown", value=text) from None


def _means(cells: Cells) -> str | None:
    if cells.get("isCaptive", "").casefold() in _TRUE:
        return "planted_or_captive"
    word = cells.get("establishmentMeans", "").casefold()
    if word in _PLANTED:
        return "planted_or_captive"
    return "wild" if word in _WILD else None


def _group(cells: Cells, taxon: Taxon | None) -> str | None:
    if taxon:
        return str(taxon.group)
    return group_of_words(*(cells.get(term, "") for term in ("group", "class", "kingdom")))


@lru_cache(REMEMBERED)
def licence_of(text: str) -> str:
    """The address of a Creative Commons licence, whatever its spelling; "" for anything else."""
    folded = re.sub(r"[\s_]+", "-", text.strip().casefold())
    for signs, address in _LICENCES:
        if any(sign in folded for sign in signs):
            return address
    return ""


@lru_cache(REMEMBERED)
def _folded(word: str) -> str:
    """A vocabulary's word in lower case, without blanks and hyphens."""
    return re.sub(r"[\s_-]", "", word).casefold()


def _hash(facts: Sequence[object]) -> str:
    return hashlib.blake2b(repr(facts).encode(), digest_size=16).hexdigest()
