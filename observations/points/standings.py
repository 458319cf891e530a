"""What the ledger answers when it is asked who stands where."""

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


@dataclass(frozen=True)
class Standing:
    """An observer's own place: equals share a rank. No points yet: no rank."""

    points: int
    rank: int | None
    people: int


@dataclass(frozen=True)
class DistrictPoints:
    """What the people at home in a district (by its code) earned together."""

    district: str
    points: int
    people: int
    is_demo: bool
