"""When and where a sighting was, what shows it, and what the checks found: as it is corrected."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from db.ask import Room
from observations.occurrences.occurrence import Check, EarlierEvent, Upload
from observations.occurrences.report import SightingReport


class Corrections(Room):
    """The part of `db.occurrences.Occurrences` that adds events and keeps the former ones."""

    name = "occurrences"

    def uploads_shown(self, occurrence_id: UUID) -> list[Upload]:
        """An upload of each photo of a sighting, in no particular order."""
        return [Upload(*row) for row in self._ask("uploads_shown", occurrence_id=occurrence_id)]

    def _add_event(
        self,
        report: SightingReport,
        event_id: UUID,
        district: str | None,
        corrected_at: datetime | None,
    ) -> None:
        place = report.place
        self._ask(
            "add_event",
            event_id=event_id,
            event_date=report.event_date,
            is_time_known=report.is_time_known,
            decimal_latitude=place.latitude,
            decimal_longitude=place.longitude,
            uncertainty=place.uncertainty_m,
            place_source=place.source,
            place_name=place.name,
            datum_as_given=place.datum,
            verbatim_latitude=place.verbatim[0] if place.verbatim else None,
            verbatim_longitude=place.verbatim[1] if place.verbatim else None,
            district=district,
            hides_exact_place=report.hides_exact_place,
            corrected_at=corrected_at,
        )

    def move_place(
        self, report: SightingReport, event_id: UUID, district: str | None, now: datetime
    ) -> None:
        """Give a sighting the place of `report`; the one it had is kept among its earlier ones."""
        self._add_event(report, event_id, district, now)
        self._move(report.occurrence_id, event_id)

    def move_time(self, report: SightingReport, event_id: UUID, now: datetime) -> None:
        """Give a sighting the time of `report`; the one it had is kept among its earlier ones."""
        self._ask(
            "add_event_of_another_time",
            occurrence_id=report.occurrence_id,
            event_id=event_id,
            event_date=report.event_date,
            is_time_known=report.is_time_known,
            corrected_at=now,
        )
        self._move(report.occurrence_id, event_id)

    def _move(self, occurrence_id: UUID, event_id: UUID) -> None:
        self._ask("keep_event", occurrence_id=occurrence_id)
        self._ask("move_to_event", occurrence_id=occurrence_id, event_id=event_id)

    def earlier_events(self, occurrence_id: UUID) -> list[EarlierEvent]:
        """The times and places it had before it was corrected, the oldest first."""
        rows = self._ask("earlier_events", occurrence_id=occurrence_id)
        return [EarlierEvent(*row) for row in rows]

    def replace_checks(self, occurrence_id: UUID, checks: Sequence[Check]) -> None:
        """Put these findings in the place of the earlier ones."""
        self._ask("remove_checks", occurrence_id=occurrence_id)
        self.add_checks(occurrence_id, checks)

    def add_checks(self, occurrence_id: UUID, checks: Sequence[Check]) -> None:
        """Add the findings of the checks."""
        self._ask(
            "add_checks",
            occurrence_id=occurrence_id,
            codes=[check.code for check in checks],
            flags=[check.is_flag for check in checks],
            details=[check.details for check in checks],
        )
