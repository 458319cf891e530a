"""Sightings seen side by side, and what was decided of them together."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from observations.occurrences.occurrence import Check

# What the checks may have found without anybody having to look at the record by itself.
HARMLESS = frozenset(
    {
        "place.named",
        "place.wide",
        "place.converted",
        "COORDINATE_ROUNDED",
        "time.unknown",
        "origin.unsure",
    }
)


@dataclass(frozen=True)
class Place:
    """What a wall shows: one species, or one festival."""

    taxon_id: UUID | None = None
    festival_id: UUID | None = None


@dataclass(frozen=True)
class Choice:
    """A species that a wall can show, and how many of its sightings wait."""

    taxon_id: UUID
    vernacular_name: str
    scientific_name: str
    count: int


@dataclass(frozen=True)
class Seen:
    """A sighting, and the latest decision on it when it was seen."""

    subject_id: UUID
    decision_id: UUID | None


@dataclass(frozen=True)
class Together:
    """What was decided together, and what was left alone, with the code of the reason."""

    batch_id: UUID
    done: tuple[UUID, ...]
    left: dict[UUID, str]


def to_look_at(checks: Iterable[Check]) -> list[Check]:
    """The findings for which somebody has to look at the record by itself."""
    return [check for check in checks if check.is_flag and check.code not in HARMLESS]
