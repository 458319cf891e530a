"""A sighting that may count for a festival."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Entry:
    """A sighting that may count. `public_id` is None while it waits for a verifier.

    `photos` are SHA-256 and picture hash; `is_sent_before`: a photo of it is in an earlier public
    record of somebody else; `was_outside`: its time was corrected, from outside the days.
    """

    festival_id: UUID
    team_id: UUID
    observer_id: UUID
    occurrence_id: UUID
    public_id: UUID | None
    taxon_id: UUID
    genus: str
    species: str | None
    group: str
    scientific_name: str
    vernacular_name: str
    english_name: str | None
    event_date: datetime
    submitted_at: datetime
    latitude: float
    longitude: float
    district: str | None
    is_confirmed: bool
    is_time_known: bool
    joined_at: datetime
    photos: tuple[tuple[str, str], ...] = ()
    is_sent_before: bool = False
    was_outside: bool = False

    @property
    def leaf(self) -> tuple[str, str | None]:
        """What it counts as among species."""
        return self.genus, self.species
