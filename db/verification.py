"""The desk: the current state of each subject, and every decision."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from db.ask import Room
from observations.verification.alerts import Alert
from observations.verification.decisions import Decision, Kind, Queue, Reason, Review, Verdict
from observations.verification.filters import Filter
from observations.verification.history import HistoryLine
from observations.verification.statuses import ReleaseStatus, VerificationStatus

ASKED_FOR = 0  # the index of the subject that was asked for, in the queue's block
# Decisions read to find one to undo: nearly always it is among the latest.
LOOKED_BACK = 20, 2**31 - 1


class Verification(Room):
    """Fulfils `observations.verification.store`."""

    name = "verification"

    def review(self, subject_id: UUID) -> Review | None:
        """The current state of a subject."""
        row = self._ask("review", subject_id=subject_id)
        return _review(row) if row else None

    def decisions(self, subject_id: UUID) -> list[Decision]:
        """All decisions on a subject, oldest first."""
        return [_decision(row) for row in self._ask("decisions", subject_id=subject_id)]

    def decision(self, decision_id: UUID) -> Decision | None:
        """One decision."""
        row = self._ask("decision", decision_id=decision_id)
        return _decision(row) if row else None

    def last_decided_by(self, staff_id: UUID) -> Decision | None:
        """The newest decision of a member of staff that can be undone: none followed it."""
        for most in LOOKED_BACK:
            if row := self._ask("last_decided_by", staff_id=staff_id, most=most):
                return _decision(row)
        return None

    def decisions_with(self, decision_ids: Sequence[UUID]) -> dict[UUID, Decision]:
        """These decisions, by id."""
        rows = self._ask("decisions_with", decision_ids=list(decision_ids)) if decision_ids else ()
        return {row[0]: _decision(row) for row in rows}

    def history(self, subject_id: UUID) -> list[HistoryLine]:
        """Every name and every decision, oldest first."""
        return [_line(row) for row in self._ask("history", subject_id=subject_id)]

    def queue(
        self,
        kind: Kind | None,
        limit: int,
        festival_id: UUID | None = None,
        asked_for: UUID | None = None,
        seen_by: tuple[UUID, datetime] | None = None,
    ) -> Queue:
        """The waiting subjects, the longest first, and the subject `asked_for`."""
        staff_id, now = seen_by or (None, None)
        rows = self._ask(
            "queue",
            kind=kind,
            maximum=limit,
            festival_id=festival_id,
            asked_for=asked_for,
            staff_id=staff_id,
            now=now,
        )
        return _queue(rows)

    def filtered_queue(
        self,
        only: Filter,
        limit: int,
        now: datetime,
        asked_for: UUID | None = None,
        staff_id: UUID | None = None,
    ) -> Queue:
        """The waiting subjects that fit, the longest first, and the subject `asked_for`."""
        rows = self._ask(
            "filtered_queue",
            kind=only.kind,
            festival_id=only.festival_id,
            group_code=only.group,
            turn=only.turn,
            district=only.district,
            check_code=only.check,
            is_named=only.is_named,
            observer_id=only.observer_id,
            taxon_id=only.taxon_id,
            text=only.text.lower(),
            waiting_before=only.waiting_before(now),
            maximum=limit,
            asked_for=asked_for,
            staff_id=staff_id,
            now=now,
        )
        return _queue(rows)

    def count_asked(self, observer_id: UUID) -> int:
        """How many of an observer's sightings a verifier asks about."""
        return int(self._ask("count_asked", observer_id=observer_id))

    def count_waiting(self, kind: Kind | None = None) -> int:
        """The number of waiting subjects; of both kinds where `kind` is None."""
        return int(self._ask("count_waiting", kind=kind))

    def first_waiting_since(self) -> datetime | None:
        """Since when the first of the queue waits; None for an empty queue."""
        row = self._ask("first_waiting_since")
        return cast("datetime | None", row[0]) if row else None

    def alerts(self, limit: int) -> list[Alert]:
        """The sightings that wait of protected or invasive taxa, the latest first."""
        rows = self._ask("alerts", kind=str(Kind.OCCURRENCE), maximum=limit)
        return [Alert(*row) for row in rows]

    def subjects_ending(self, ending: str) -> list[UUID]:
        """The subjects whose id ends with these ten hexadecimal digits, the newest first."""
        return [row[0] for row in self._ask("subjects_ending", ending=ending)]

    def end_leases(self, staff_id: UUID, now: datetime) -> None:
        """End this verifier's leases, and all that ended before `now`."""
        self._ask("end_leases", staff_id=staff_id, now=now)

    def end_lease(self, subject_id: UUID) -> None:
        """Nobody looks at this subject any more."""
        self._ask("end_lease", subject_id=subject_id)

    def lease(self, subject_ids: Sequence[UUID], staff_id: UUID, until: datetime) -> set[UUID]:
        """Lease these subjects until then; gives those that no other verifier has."""
        ids = list(subject_ids)
        rows = self._ask("add_leases", subject_ids=ids, staff_id=staff_id, until=until)
        return {row[0] for row in rows}

    def open(
        self,
        subject_id: UUID,
        kind: Kind,
        observer_id: UUID,
        submitted_at: datetime,
        is_demo: bool,
        worth: int | None = None,
    ) -> None:
        """Add a subject at the end of the queue; `worth` in points, None for a sighting."""
        self._ask(
            "open",
            subject_id=subject_id,
            kind=kind,
            observer_id=observer_id,
            submitted_at=submitted_at,
            is_demo=is_demo,
            worth=worth,
        )

    def add_decision(self, decision: Decision, waiting_since: datetime) -> None:
        """Append a decision and store the subject's new state."""
        self._ask("add_decision", **decision.__dict__)
        self._ask(
            "move_review",
            subject_id=decision.subject_id,
            verification_status=decision.verification_status,
            release_status=decision.release_status,
            decision_id=decision.decision_id,
            is_waiting=decision.is_waiting,
            waiting_since=waiting_since,
        )


def _queue(rows: Sequence[Any]) -> Queue:
    reviews = [(place, _review(row)) for *row, place, _count in rows]
    first = next((review for place, review in reviews if place == ASKED_FOR), None)
    waiting = [review for place, review in reviews if place != ASKED_FOR]
    return Queue(first, waiting, rows[0][-1] if rows else 0)


def _review(row: Any) -> Review:
    return Review(
        row[0],
        Kind(row[1]),
        row[2],
        row[3],
        VerificationStatus(row[4]),
        ReleaseStatus(row[5]),
        *row[6:],
    )


def _line(row: Any) -> HistoryLine:
    said_at, verdict, reason, *rest = row
    return HistoryLine(
        said_at, Verdict(verdict) if verdict else None, Reason(reason) if reason else None, *rest
    )


def _decision(row: Any) -> Decision:
    return Decision(
        row[0],
        row[1],
        Verdict(row[2]),
        VerificationStatus(row[3]),
        ReleaseStatus(row[4]),
        row[5],
        Reason(row[6]) if row[6] else None,
        *row[7:],
    )
