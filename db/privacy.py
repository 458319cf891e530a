"""Reading and removing a person's data."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from db.ask import Room

ORDER = {
    "flags": ("occurrence_id", "reason", "flagged_at"),
    "suspensions": ("reason", "until", "lifts_an_earlier_one", "decided_at"),
    "appeals": ("kind", "subject_id", "words", "sent_at", "answer", "answered_at"),
}
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

    def order_of(self, observer_id: UUID) -> dict[str, list[dict[str, object]]]:
        """The observer's flags, suspensions and appeals, as tables by name."""
        return {
            name: [
                dict(zip(columns, row, strict=True))
                for row in self._ask(f"{name}_of", observer_id=observer_id)
            ]
            for name, columns in ORDER.items()
        }

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
        self._ask("remove_voices_on", occurrence_ids=ids)
        self._ask("remove_flags_on", occurrence_ids=ids)
        self._ask("remove_events", occurrence_ids=ids)
        self._remove_earlier(ids)
        self._ask("remove_occurrences", occurrence_ids=ids)
        self.remove_reviews(ids)

    def remove_reviews(self, subject_ids: Sequence[UUID]) -> None:
        """Delete reviews of, audits of and decisions on sightings or actions."""
        self._ask("remove_audits", subject_ids=list(subject_ids))
        self._ask("remove_referrals", subject_ids=list(subject_ids))
        self._ask("remove_decisions", subject_ids=list(subject_ids))
        self._ask("remove_reviews", subject_ids=list(subject_ids))

    def anonymise_records(self, observer_id: UUID, occurrence_ids: Sequence[UUID]) -> None:
        """Remove the person, their words and their photos from sightings that stay."""
        ids = list(occurrence_ids)
        self._ask("remove_shown_photos", occurrence_ids=ids)
        if ids:
            self._ask("anonymise_released", occurrence_ids=ids)
            self._stamp()
        self._remove_earlier(ids)
        self._ask("anonymise_events", occurrence_ids=ids)
        self._ask("anonymise_occurrences", occurrence_ids=ids)
        self._ask("anonymise_names", observer_id=observer_id)
        self._ask("anonymise_reviews", occurrence_ids=ids)
        self._ask("remove_referrals", subject_ids=ids)
        self._ask("anonymise_decisions", occurrence_ids=ids)

    def _remove_earlier(self, ids: list[UUID]) -> None:
        self._ask("remove_earlier_events", occurrence_ids=ids)
        self._ask("forget_earlier_events", occurrence_ids=ids)

    def remove_uploads(self, observer_id: UUID, sha256s: Sequence[str]) -> None:
        """Delete the observer's uploads; to be called while their browsers are still linked."""
        self._ask("remove_second_uploads", observer_id=observer_id)
        self._ask("remove_uploads", observer_id=observer_id, sha256s=list(sha256s))

    def remove_voices(self, observer_id: UUID) -> None:
        """Delete what the observer said of others' sightings."""
        self._ask("remove_voices_of", observer_id=observer_id)

    def remove_order(self, observer_id: UUID) -> None:
        """Delete the observer's flags, appeals, suspensions, and what was set aside."""
        for name in (
            *("remove_flags_of", "remove_answers_to", "remove_appeals_of"),
            *("remove_suspensions_of", "remove_members_set_aside", "remove_sets_aside_of"),
        ):
            self._ask(name, observer_id=observer_id)

    def anonymise_traces(self, observer_id: UUID) -> None:
        """Remove the observer from the log's entries and from the staff account tied to them."""
        entries = [row[0] for row in self._ask("entries_of", observer_id=observer_id)]
        self._ask("empty_seals", entry_ids=entries)
        self._ask("anonymise_log", observer_id=observer_id)
        self._ask("forget_mail_of", observer_id=observer_id)
        self._ask("anonymise_staff", observer_id=observer_id)
