"""The board of a wave: what each district's people say, and how surely."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from observations.satisfaction.dimensions import ANSWERS, RANKED, Dimension
from observations.satisfaction.estimates import SHOWN_FROM, Counts, Estimate, estimate
from observations.satisfaction.ranking import RANKED_FROM, RankRange, rank_ranges
from observations.satisfaction.waves import Wave


@dataclass(frozen=True)
class AnswerCount:
    """How many people of a district gave one answer to one question."""

    district: str
    dimension: Dimension
    answer: int
    people: int


@dataclass(frozen=True)
class DistrictRow:
    """A district's line; a dimension with too few answers to show is absent."""

    district: str
    estimates: Mapping[Dimension, Estimate]
    ranks: RankRange | None

    @property
    def overall(self) -> Estimate | None:
        """The figure that is ranked, or None where it is withheld."""
        return self.estimates.get(RANKED)

    @property
    def missing(self) -> int | None:
        """How many more answers a rank needs; None where even that would tell too much."""
        return max(0, RANKED_FROM - self.overall.n) if self.overall else None


@dataclass(frozen=True)
class Board:
    """All districts of one wave and the whole city beside them."""

    wave: Wave
    rows: Sequence[DistrictRow]
    city: Mapping[Dimension, Estimate]
    is_demo: bool

    @property
    def ranked(self) -> list[DistrictRow]:
        """Districts with a rank, the highest mean first."""
        return [row for row in self.rows if row.ranks]

    @property
    def unranked(self) -> list[DistrictRow]:
        """Districts with too few answers, in the order of their codes."""
        return [row for row in self.rows if not row.ranks]


Tally = Mapping[str, Counts]
"""Counts of one dimension by district."""


def board(
    wave: Wave, counts: Iterable[AnswerCount], districts: Sequence[str], is_demo: bool
) -> Board:
    """Return the board of ``wave``: every one of ``districts`` has a row."""
    tallies = _tallies(counts, districts)
    found = {dimension: _estimates(tally) for dimension, tally in tallies.items()}
    ranks = rank_ranges(found[RANKED])
    rows = [_row(district, found, ranks) for district in sorted(districts)]
    rows.sort(key=_place)
    city = {dimension: city_estimate(tally) for dimension, tally in tallies.items()}
    return Board(wave, rows, {d: e for d, e in city.items() if e}, is_demo)


def city_estimate(tally: Tally) -> Estimate | None:
    """Return the mean over people of the whole city, every answer counting the same.

    Districts that are withheld are left out where subtracting those shown from the city
    would give one of them away: when only one is withheld, or all of them together are fewer
    than ten people.
    """
    withheld = [district for district, counts in tally.items() if 0 < sum(counts) < SHOWN_FROM]
    hidden = sum(sum(tally[district]) for district in withheld)
    telling = len(withheld) == 1 or hidden < SHOWN_FROM
    used = [counts for district, counts in tally.items() if not (telling and district in withheld)]
    return estimate([sum(column) for column in zip(*used, strict=True)]) if used else None


def _tallies(
    counts: Iterable[AnswerCount], districts: Sequence[str]
) -> dict[Dimension, dict[str, list[int]]]:
    tallies = {dimension: {d: [0] * len(ANSWERS) for d in districts} for dimension in Dimension}
    for count in counts:
        if count.district in tallies[count.dimension]:
            tallies[count.dimension][count.district][count.answer - 1] += count.people
    return tallies


def _estimates(tally: Tally) -> dict[str, Estimate]:
    found = {district: estimate(counts) for district, counts in tally.items()}
    return {district: shown for district, shown in found.items() if shown}


def _row(
    district: str,
    found: Mapping[Dimension, Mapping[str, Estimate]],
    ranks: Mapping[str, RankRange],
) -> DistrictRow:
    own = {dimension: by[district] for dimension, by in found.items() if district in by}
    return DistrictRow(district, own, ranks.get(district))


def _place(row: DistrictRow) -> tuple[bool, float]:
    """Sort the ranked by their mean; the others keep their order, which must not tell n."""
    mean = row.overall.mean if row.ranks and row.overall else 0.0
    return row.ranks is None, -mean
