"""Keeping order among those who contribute."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from db.ask import Room
from observations.base.ids import new_id
from observations.moderation.order import (
    Appeal,
    AppealKind,
    Flagged,
    FlagReason,
    SetAside,
    Suspension,
    SuspensionReason,
    Waiting,
)
from observations.verification.decisions import Kind

LISTED = 100
FLAGS_HOLD = timedelta(days=90)
"""An older flag below the threshold is listed no more."""


class Order(Room):
    """Fulfils `observations.moderation.order_store`."""

    name = "order"

    def nickname(self, observer_id: UUID) -> str | None:
        """The nickname of an observer; None for nobody, or somebody erased."""
        return cast("str | None", self._ask("nickname", observer_id=observer_id))

    def suspension_of(self, observer_id: UUID, now: datetime) -> Suspension | None:
        """The suspension that runs, if any."""
        rows = self._ask("suspension_of", observer_id=observer_id, now=now)
        return next((_suspension(row) for row in rows), None)

    def suspensions(self, now: datetime) -> list[Suspension]:
        """All that run, the latest first."""
        rows = self._ask("suspensions", now=now, maximum=LISTED)
        return [_suspension(row) for row in rows]

    def waiting_of(self, observer_id: UUID, limit: int) -> list[Waiting]:
        """What of somebody waits for the desk, the longest first."""
        rows = self._ask("waiting_of", observer_id=observer_id, maximum=limit)
        return [Waiting(subject, Kind(kind), decision) for subject, kind, decision in rows]

    def sets_aside(self, limit: int) -> list[SetAside]:
        """What was set aside together, the latest first."""
        return [SetAside(*row) for row in self._ask("sets_aside", maximum=limit)]

    def standing_of(self, set_aside_id: UUID) -> list[Waiting]:
        """What was set aside together and not decided on since, each with that decision."""
        rows = self._ask("standing_of", set_aside_id=set_aside_id)
        return [Waiting(subject, Kind(kind), decision) for subject, kind, decision in rows]

    def people_who_flag(self, occurrence_id: UUID, now: datetime) -> int:
        """How many people flag a sighting since staff last decided on it; none suspended."""
        return int(self._ask("people_who_flag", occurrence_id=occurrence_id, now=now))

    def flagged(self, now: datetime, limit: int) -> list[Flagged]:
        """Public sightings with such flags, the most people first."""
        by_record: dict[UUID, list[Any]] = {}
        for row in self._ask("flagged", now=now, since=now - FLAGS_HOLD):
            by_record.setdefault(row[0], []).append(row)
        flagged = [
            Flagged(
                record,
                rows[0][1],
                len(rows),
                Counter(FlagReason(row[2]) for row in rows),
                rows[-1][3],
            )
            for record, rows in by_record.items()
        ]
        return sorted(flagged, key=lambda one: -one.people)[:limit]

    def appeals_about(self, subject_id: UUID) -> list[Appeal]:
        """The appeals about a suspension or a record, the latest first."""
        return [_appeal(row) for row in self._ask("appeals_about", subject_id=subject_id)]

    def open_appeals(self) -> list[Appeal]:
        """Those without an answer, the longest waiting first."""
        return [_appeal(row) for row in self._ask("open_appeals", maximum=LISTED)]

    def appeals_of(self, observer_id: UUID) -> list[Appeal]:
        """Somebody's appeals, the latest first."""
        return [_appeal(row) for row in self._ask("appeals_of", observer_id=observer_id)]

    def suspend(self, suspension: Suspension, staff_id: UUID) -> None:
        """Add a suspension."""
        self._add(suspension, suspension.suspension_id, None, staff_id, suspension.decided_at)

    def lift(self, suspension: Suspension, staff_id: UUID, now: datetime) -> None:
        """End a suspension."""
        self._add(suspension, new_id(now), suspension.suspension_id, staff_id, now)

    def _add(
        self,
        suspension: Suspension,
        row_id: UUID,
        lifts: UUID | None,
        staff_id: UUID,
        now: datetime,
    ) -> None:
        self._ask(
            "suspend",
            suspension_id=row_id,
            observer_id=suspension.observer_id,
            reason=str(suspension.reason),
            until_at=suspension.until,
            lifts=lifts,
            decided_by=staff_id,
            decided_at=now,
        )

    def set_aside(
        self, set_aside_id: UUID, observer_id: UUID, staff_id: UUID, now: datetime
    ) -> None:
        """Note whose records were set aside together, by decisions of this batch."""
        self._ask(
            "set_aside",
            set_aside_id=set_aside_id,
            observer_id=observer_id,
            decided_by=staff_id,
            decided_at=now,
        )

    def flag(
        self, occurrence_id: UUID, observer_id: UUID, reason: FlagReason, now: datetime
    ) -> None:
        """Add what somebody finds wrong; it takes the place of what they said before."""
        self._ask(
            "flag",
            flag_id=new_id(now),
            occurrence_id=occurrence_id,
            observer_id=observer_id,
            reason=str(reason),
            flagged_at=now,
        )

    def appeal(
        self,
        appeal_id: UUID,
        observer_id: UUID,
        kind: AppealKind,
        subject_id: UUID,
        words: str,
        now: datetime,
    ) -> None:
        """Add an appeal."""
        self._ask(
            "appeal",
            appeal_id=appeal_id,
            observer_id=observer_id,
            kind=str(kind),
            subject_id=subject_id,
            words=words,
            sent_at=now,
        )

    def answer(self, appeal_id: UUID, words: str, staff_id: UUID, now: datetime) -> None:
        """Add the answer to an appeal."""
        self._ask("answer", appeal_id=appeal_id, words=words, answered_by=staff_id, answered_at=now)


def _suspension(row: Any) -> Suspension:
    suspension_id, observer_id, nickname, reason, *rest = row
    return Suspension(suspension_id, observer_id, nickname, SuspensionReason(reason), *rest)


def _appeal(row: Any) -> Appeal:
    appeal_id, observer_id, nickname, kind, *rest = row
    return Appeal(appeal_id, observer_id, nickname, AppealKind(kind), *rest)
