"""What the ledger answers when it is asked who stands where.

`points` are confirmed: they stand in the ledger. `waiting` is what would come on top if the desk
accepted everything that waits. Ranks go by `points` alone.
"""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class PersonRow:
    """One named line. `rank` is the place among everybody, the unnamed included."""

    rank: int
    observer_id: UUID
    nickname: str
    points: int
    is_demo: bool
    waiting: int = 0


@dataclass(frozen=True)
class TeamRow:
    """A team's line; `people` are its members today."""

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
    """A named line of the most improved: `points` in a whole period, `gain` over the one before."""

    rank: int
    observer_id: UUID
    nickname: str
    points: int
    gain: int
    is_demo: bool


@dataclass(frozen=True)
class Neighbour:
    """A line near one's own; `nickname` is None for who did not agree to be named."""

    rank: int
    observer_id: UUID
    nickname: str | None
    points: int


@dataclass(frozen=True)
class Standing:
    """An observer's own place: equals share a rank. No points yet: no rank."""

    points: int
    rank: int | None
    people: int
    waiting: int = 0


@dataclass(frozen=True)
class DistrictPoints:
    """What the people at home in a district (by its code) earned together."""

    district: str
    points: int
    people: int
    is_demo: bool
    waiting: int = 0
