"""The boards of green points: by person, and by district for every thousand residents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from observations.points.periods import Period, Span, span
from observations.points.standings import DistrictPoints, PersonRow, Standing
from observations.points.store import Store

LEADERS = 50
"""How many people a board names."""


@dataclass(frozen=True)
class DistrictRow:
    """A district's line. A district without points has no rank."""

    rank: int | None
    district: str
    points: int
    people: int
    residents: int

    @property
    def per_thousand(self) -> float:
        """Points for every thousand residents."""
        return self.points / self.residents * 1000


@dataclass(frozen=True)
class PeopleBoard:
    """Those who agreed to be named, the highest first."""

    span: Span
    rows: Sequence[PersonRow]

    @property
    def is_demo(self) -> bool:
        """Whether anything on it was made up for demonstration."""
        return any(row.is_demo for row in self.rows)


@dataclass(frozen=True)
class DistrictsBoard:
    """All districts, the highest for its size first."""

    span: Span
    rows: Sequence[DistrictRow]
    is_demo: bool

    @property
    def is_empty(self) -> bool:
        """Whether nobody has earned anything yet."""
        return not any(row.people for row in self.rows)


def people_board(store: Store, period: Period, today: date, limit: int = LEADERS) -> PeopleBoard:
    """The board by person of the `period` that holds `today`."""
    days = span(period, today)
    return PeopleBoard(days, store.points.leaders(days.first, days.last, limit))


def districts_board(
    store: Store, period: Period, today: date, residents: Mapping[str, int]
) -> DistrictsBoard:
    """The board by district of the `period` that holds `today`.

    `residents` gives every district's population (census of 2020), which also says which
    districts there are.
    """
    days = span(period, today)
    earned = store.points.districts(days.first, days.last)
    rows = ranked(earned, residents)
    return DistrictsBoard(days, rows, any(row.is_demo for row in earned))


def standing_of(store: Store, observer_id: UUID, period: Period, today: date) -> Standing:
    """An observer's own place in the `period` that holds `today`, named or not."""
    days = span(period, today)
    return store.points.standing(observer_id, days.first, days.last)


def ranked(earned: Sequence[DistrictPoints], residents: Mapping[str, int]) -> list[DistrictRow]:
    """Every district of `residents` by its points a resident, the highest first.

    Equals share a rank and the next is counted after them (1, 2, 2, 4). Those without points
    stand last, in the order of their codes.
    """
    found = {row.district: row for row in earned}
    none = DistrictPoints("", 0, 0, False)
    totals = {code: found.get(code, none) for code in residents}
    rates = {code: Fraction(row.points, residents[code]) for code, row in totals.items()}
    rows = [
        DistrictRow(
            rank=1 + sum(other > rates[code] for other in rates.values()) if row.points else None,
            district=code,
            points=row.points,
            people=row.people,
            residents=residents[code],
        )
        for code, row in totals.items()
    ]
    return sorted(rows, key=lambda row: (-rates[row.district], row.district))
