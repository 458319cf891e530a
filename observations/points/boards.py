"""The boards of green points: people, teams, districts by their size, and the most improved.

Every page and route that shows a rank or a total calls these functions; they all count by the table
`tally`, which the one method that posts to the ledger keeps (`observations/points/tallies.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from uuid import UUID

from observations.points.confirmation import RANKED_FROM, Confirmation
from observations.points.periods import Period, Span, before, span
from observations.points.standings import (
    DistrictPoints,
    GainRow,
    Neighbour,
    PersonRow,
    Standing,
    TeamRow,
)
from observations.points.store import Store
from observations.points.teams import TeamKind

LEADERS = 50
"""How many people a board names."""
NEIGHBOURS = 2
"""How many lines above and below one's own are shown."""


@dataclass(frozen=True)
class DistrictRow:
    """A district's row: what its confirmed people earned.

    A district with fewer of them than `RANKED_FROM` has no rank.
    """

    rank: int | None
    district: str
    points: int
    people: int
    residents: int
    waiting: int = 0

    @property
    def per_thousand(self) -> float:
        """Points for every thousand residents."""
        return self.points / self.residents * 1000

    @property
    def lacks(self) -> int:
        """How many more confirmed people a rank takes."""
        return max(RANKED_FROM - self.people, 0)


@dataclass(frozen=True)
class PeopleBoard:
    """People who agreed to be named, the highest first."""

    span: Span
    rows: Sequence[PersonRow]

    @property
    def is_demo(self) -> bool:
        """Whether any row is from the demo."""
        return any(row.is_demo for row in self.rows)


@dataclass(frozen=True)
class DistrictsBoard:
    """All districts, the highest for its size first, those without a rank last."""

    span: Span
    rows: Sequence[DistrictRow]
    is_demo: bool

    @property
    def is_empty(self) -> bool:
        """Whether the board has no row."""
        return not any(row.people or row.waiting for row in self.rows)


@dataclass(frozen=True)
class TeamsBoard:
    """Teams, the highest first."""

    span: Span
    rows: Sequence[TeamRow]

    @property
    def is_demo(self) -> bool:
        """Whether any row is from the demo."""
        return any(row.is_demo for row in self.rows)


@dataclass(frozen=True)
class ImprovedBoard:
    """People who gained most in the whole period `span` over their own best one of before."""

    span: Span
    rows: Sequence[GainRow]

    @property
    def is_demo(self) -> bool:
        """Whether any row is from the demo."""
        return any(row.is_demo for row in self.rows)


def people_board(store: Store, period: Period, today: date, limit: int = LEADERS) -> PeopleBoard:
    """The board of people for the `period` that holds `today`."""
    days = span(period, today)
    rows = store.points.leaders(period, days.first, limit)
    waits = store.points.waiting_of([row.observer_id for row in rows], days.first, days.last)
    return PeopleBoard(days, [replace(r, waiting=waits.get(r.observer_id, 0)) for r in rows])


def teams_board(
    store: Store, period: Period, today: date, kind: TeamKind | None = None, limit: int = LEADERS
) -> TeamsBoard:
    """The board of teams for the `period` that holds `today`, of one kind or of all."""
    days = span(period, today)
    rows = store.points.leading_teams(period, days.first, kind, limit)
    waits = store.points.waiting_by_team(days.first, days.last) if rows else {}
    return TeamsBoard(days, [replace(row, waiting=waits.get(row.team_id, 0)) for row in rows])


def improved_board(
    store: Store, period: Period, today: date, limit: int = LEADERS
) -> ImprovedBoard | None:
    """People who gained most in the last whole `period` before the one that holds `today`.

    A period that is not over cannot be compared. None for all time.
    """
    if period is Period.ALL:
        return None
    days = before(period, today)
    return ImprovedBoard(days, store.points.most_improved(period, days.first, limit))


def districts_board(
    store: Store, period: Period, today: date, residents: Mapping[str, int]
) -> DistrictsBoard:
    """The board of districts for the `period` that holds `today`.

    `residents` gives every district's population (census of 2020), and so which districts there
    are.
    """
    days = span(period, today)
    earned = store.points.districts(period, days.first)
    waits = store.points.waiting_by_district(days.first, days.last)
    rows = [replace(r, waiting=waits.get(r.district, 0)) for r in ranked(earned, residents)]
    return DistrictsBoard(days, rows, any(row.is_demo for row in earned))


def standing_of(store: Store, observer_id: UUID, period: Period, today: date) -> Standing:
    """An observer's own place in the `period` that holds `today`, named or not."""
    days = span(period, today)
    waits = store.points.waiting_of([observer_id], days.first, days.last)
    own = store.points.standing(observer_id, period, days.first)
    return replace(own, waiting=waits.get(observer_id, 0))


def confirmation_of(store: Store, observer_id: UUID) -> Confirmation:
    """What confirms an observer so far, for the boards of districts."""
    return store.points.confirmation(observer_id)


def neighbours_of(store: Store, observer_id: UUID, period: Period, today: date) -> list[Neighbour]:
    """An observer's row with the two above and the two below; none without points."""
    return store.points.neighbours(observer_id, period, span(period, today).first, NEIGHBOURS)


def ranked(earned: Sequence[DistrictPoints], residents: Mapping[str, int]) -> list[DistrictRow]:
    """Every district of `residents` by its points a resident, the highest first.

    Equal ones share a rank and the next is counted after them (1, 2, 2, 4). Those with fewer
    confirmed people than `RANKED_FROM` come last, in the order of their codes.
    """
    by_district = {row.district: row for row in earned}
    none = DistrictPoints("", 0, 0, False)
    totals = {code: by_district.get(code, none) for code in residents}
    rates = {
        code: Fraction(row.points, residents[code])
        for code, row in totals.items()
        if row.people >= RANKED_FROM
    }
    rows = [
        DistrictRow(
            rank=1 + sum(other > rates[code] for other in rates.values())
            if code in rates
            else None,
            district=code,
            points=row.points,
            people=row.people,
            residents=residents[code],
        )
        for code, row in totals.items()
    ]
    return sorted(rows, key=lambda row: (-rates.get(row.district, Fraction(-1)), row.district))
