"""可能是: what is recorded most near a place, in the season of a day.

Why this tells nobody where anything lives:
- it counts rows of the projection of the public view, which anyone may download whole from
  `/api/v1/occurrences`: nothing is counted that is not shown there already;
- sensitive taxa are left out whatever their category, and so is every record whose place was
  generalised (`grid`), because its observer hid it or because it is not named to species;
- "near" is a fixed set of H3 cells of 36 km² (the cell of the place and the six around it, 20 km
  across), the same for every place in the cell: moving about in it changes nothing, and no
  distance is computed; the season is three whole months;
- a taxon appears from three records on (`AT_LEAST`), with their number and nothing else.
The place that is asked about is neither stored nor logged.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from observations.places.cells import city_cells_around
from observations.taxa.store import LikelyCount, Store
from observations.taxa.taxon import Group, Taxon

AT_LEAST = 3  # records of a taxon
ENOUGH = 3  # taxa; where there are fewer, a larger area is counted
USUAL, MOST = 9, 30
HOLD_S = 60.0  # the age at which counts are read again
MOST_HELD = 256
YEAR = tuple(range(1, 13))

Place = tuple[float, float]  # WGS-84 latitude and longitude
Months = tuple[int, ...]
Cells = tuple[str, ...] | None


class Scope(StrEnum):
    """The area and season of the counts."""

    NEAR = "near_in_season"
    CITY_IN_SEASON = "city_in_season"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class LikelyTaxon:
    """A taxon, its number of records, and the SHA-256 of an openly licensed photo of it."""

    taxon: Taxon
    count: int
    photo_sha256: str | None


@dataclass(frozen=True, slots=True)
class Likely:
    """The taxa with their scope; `is_demo` where a record of the demo was counted."""

    taxa: Sequence[LikelyTaxon]
    scope: Scope
    is_demo: bool


class RecordedHere:
    """Counts by place and season from the public view, cached for a minute."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._answers: dict[tuple[Cells, Months], tuple[float, list[LikelyCount]]] = {}

    def counts(self, place: Place | None, on: date) -> Mapping[UUID, int]:
        """How often each taxon was recorded near `place` (None: in the city) in the season."""
        cells = city_cells_around(*place) if place else None
        return {row.taxon_id: row.count for row in self._rows(cells, season_of(on))}

    def likely(
        self, group: Group | None, place: Place | None, on: date, limit: int = USUAL
    ) -> Likely:
        """The taxa recorded most near here in this season.

        Where those are fewer than `ENOUGH`: in the whole city in this season; else in the whole
        city all year.
        """
        cells = city_cells_around(*place) if place else None
        season = season_of(on)
        scopes: list[tuple[Scope, Cells, Months]] = [
            (Scope.NEAR, cells, season),
            (Scope.CITY_IN_SEASON, None, season),
            (Scope.CITY, None, YEAR),
        ][0 if cells else 1 :]
        best = Likely((), Scope.CITY, False)
        for scope, where, months in scopes:
            answer = self._of_group(group, self._rows(where, months), limit)
            if len(answer.taxa) > len(best.taxa):
                best = Likely(answer.taxa, scope, answer.is_demo)
            if len(answer.taxa) >= min(ENOUGH, limit):
                break
        return best

    def _of_group(self, group: Group | None, rows: Sequence[LikelyCount], limit: int) -> Likely:
        taxa = self._store.taxa.taxa_of([row.taxon_id for row in rows]) if rows else {}
        matches = [
            row
            for row in rows
            if row.taxon_id in taxa and (group is None or taxa[row.taxon_id].group is group)
        ]
        matches.sort(key=lambda row: (-row.count, taxa[row.taxon_id].scientific_name))
        first = matches[:limit]
        answer = [LikelyTaxon(taxa[r.taxon_id], r.count, r.photo_sha256) for r in first]
        return Likely(answer, Scope.CITY, any(row.is_demo for row in first))

    def _rows(self, cells: Cells, months: Months) -> list[LikelyCount]:
        key, now = (cells, months), self._clock()
        entry = self._answers.get(key)
        if entry and now - entry[0] < HOLD_S:
            return entry[1]
        rows = self._store.taxa.likely_counts(cells, months, AT_LEAST)
        if len(self._answers) >= MOST_HELD:
            self._answers.clear()
        self._answers[key] = now, rows
        return rows


def season_of(on: date) -> Months:
    """The month of a day, the one before and the one after."""
    return tuple(sorted((on.month + shift - 1) % 12 + 1 for shift in (-1, 0, 1)))
