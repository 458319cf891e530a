"""Rows of the boards, and an observer's own standing.

`points` are confirmed: they are in the ledger. `waiting` is what would be added if the desk
accepted everything that waits. Ranks are by `points` alone.
"""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class PersonRow:
    """A named person's row. `rank` counts everybody, the unnamed included."""

    rank: int
    observer_id: UUID
    nickname: str
    points: int
    is_demo: bool
    waiting: int = 0


@dataclass(frozen=True)
class TeamRow:
    """A team's row; `people` are its members today."""

    rank: int
    team_id: UUID
    name: str
    kind: str
    points: int
    is_demo: bool
    people: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class GainRow:
    """A named row of the most improved: `points` in a period, `gain` over one's best before."""

    rank: int
    observer_id: UUID
    nickname: str
    points: int
    gain: int
    is_demo: bool


@dataclass(frozen=True)
class Neighbour:
    """A row near one's own; `nickname` is None for a person who did not agree to be named."""

    rank: int
    observer_id: UUID
    nickname: str | None
    points: int


@dataclass(frozen=True)
class Standing:
    """An observer's own place: equal points share a rank; without points there is no rank."""

    points: int
    rank: int | None
    people: int
    waiting: int = 0


@dataclass(frozen=True)
class DistrictPoints:
    """What the people who live in a district (by its code) earned together."""

    district: str
    points: int
    people: int
    is_demo: bool
    waiting: int = 0
