"""Reading and removing a person's data."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from db.ask import Room

EVER = datetime(1970, 1, 1, tzinfo=UTC)


class Privacy(Room):
    """Fulfils `observations.privacy.store`."""

    name = "privacy"

    def records_of(self, observer_id: UUID) -> list[tuple[UUID, bool]]:
        """An observer's sightings, and whether each is public."""
        return [(row[0], row[1]) for row in self._ask("records_of", observer_id=observer_id)]

    def actions_of(self, observer_id: UUID) -> list[UUID]:
        """An observer's logged actions."""
        return [row[0] for row in self._ask("actions_of", observer_id=observer_id)]

    def photos_of(self, observer_id: UUID) -> list[str]:
        """Every photo an observer sent, by its SHA-256."""
        return [row[0] for row in self._ask("photos_of", observer_id=observer_id)]

    def compacted_until(self) -> datetime | None:
        """The time up to which erased data has left the files; None before any compaction."""
        row = self._ask("compacted_until")
        return cast("datetime | None", row[0]) if row else None

    def erased_since(self, moment: datetime | None) -> datetime | None:
        """When the first observer after `moment` (None: ever) was erased; None where nobody was."""
        row = self._ask("erased_since", moment=moment or EVER)
        return cast("datetime | None", row[0]) if row else None

    def remove_records(self, occurrence_ids: Sequence[UUID]) -> None:
        """Delete sightings with their events, names, checks, photos, reviews and decisions."""
        ids = list(occurrence_ids)
        self._ask("remove_shown_photos", occurrence_ids=ids)
        self._ask("remove_checks", occurrence_ids=ids)
        self._ask("remove_names", occurrence_ids=ids)
        self._ask("remove_events", occurrence_ids=ids)
        self._ask("remove_occurrences", occurrence_ids=ids)
        self.remove_reviews(ids)

    def remove_reviews(self, subject_ids: Sequence[UUID]) -> None:
        """Delete reviews of and decisions on sightings or actions."""
        self._ask("remove_decisions", subject_ids=list(subject_ids))
        self._ask("remove_reviews", subject_ids=list(subject_ids))

    def anonymise_records(self, observer_id: UUID, occurrence_ids: Sequence[UUID]) -> None:
        """Remove the person, their words and their photos from sightings that stay."""
        ids = list(occurrence_ids)
        self._ask("remove_shown_photos", occurrence_ids=ids)
        if ids:
            self._ask("anonymise_released", occurrence_ids=ids)
            self._stamp()
        self._ask("anonymise_events", occurrence_ids=ids)
        self._ask("anonymise_occurrences", occurrence_ids=ids)
        self._ask("anonymise_names", observer_id=observer_id)
        self._ask("anonymise_reviews", occurrence_ids=ids)
        self._ask("anonymise_decisions", occurrence_ids=ids)

    def remove_uploads(self, observer_id: UUID, sha256s: Sequence[str]) -> None:
        """Delete the observer's uploads; to be called while their browsers are still linked."""
        self._ask("remove_second_uploads", observer_id=observer_id)
        self._ask("remove_uploads", observer_id=observer_id, sha256s=list(sha256s))

    def anonymise_traces(self, observer_id: UUID) -> None:
        """Remove the observer from the log's entries and from the staff account tied to them."""
        self._ask("anonymise_log", observer_id=observer_id)
        self._ask("anonymise_staff", observer_id=observer_id)
