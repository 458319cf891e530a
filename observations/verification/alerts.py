"""Sightings of protected or invasive species, of which staff should hear at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Alert:
    """A sighting that waits, of a taxon that is protected (1 or 2) or invasive."""

    subject_id: UUID
    waiting_since: datetime
    taxon_id: UUID
    scientific_name: str
    vernacular_name: str
    english_name: str
    national_protection: int | None
    is_invasive: bool

    def name(self, language: str) -> str:
        """The name to show in "zh" or "en"."""
        if language == "en":
            return self.english_name or self.scientific_name
        return self.vernacular_name
