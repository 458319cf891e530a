"""What the desk does with many sightings at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from db.ask import Room
from observations.desk.assignment import Assignment, Referral
from observations.desk.progress import ACTIONS, Waiting, Work
from observations.desk.rehearsal import Past
from observations.desk.reply import Audience, Reply
from observations.desk.rule import Candidate, Rate, Rule, Tally
from observations.desk.seen import Choice, Place, Seen
from observations.verification.decisions import Review, Verdict

FLAGS_OF_PAST = 10  # the place of the flags among the columns


class Desk(Room):
    """Fulfils `observations.desk.store`."""

    name = "desk"

    def wall_choices(self, staff_id: UUID, limit: int) -> list[Choice]:
        """The species of which most sightings wait that a wall can show."""
        rows = self._ask("wall_choices", staff_id=staff_id, maximum=limit)
        return [Choice(*row) for row in rows]

    def for_wall(
        self, place: Place, staff_id: UUID, now: datetime, without: Sequence[UUID], limit: int
    ) -> list[Seen]:
        """The sightings that wait for a wall, the longest first."""
        rows = self._ask(
            "for_wall",
            taxon_id=place.taxon_id,
            festival_id=place.festival_id,
            staff_id=staff_id,
            now=now,
            without=list(without),
            maximum=limit,
        )
        return [Seen(*row) for row in rows]

    def looked_at_by_others(
        self, subject_ids: Sequence[UUID], staff_id: UUID | None, now: datetime
    ) -> set[UUID]:
        """Those of the subjects that other verifiers have leased."""
        values = {"subject_ids": list(subject_ids), "staff_id": staff_id, "now": now}
        return {row[0] for row in self._ask("looked_at_by_others", **values)}

    def standing(self, batch_id: UUID, limit: int) -> list[Seen]:
        """The decisions of a batch that no other followed, the oldest first."""
        return [Seen(*row) for row in self._ask("standing", batch_id=batch_id, maximum=limit)]

    def last_batch(self, staff_id: UUID) -> tuple[UUID, int] | None:
        """The latest batch by this member of staff, and how many of its decisions stand."""
        row = self._ask("last_batch", staff_id=staff_id)
        return (row[0], row[1]) if row else None

    def assignments(self) -> list[Assignment]:
        """All assignments, the oldest first."""
        return [Assignment(*row) for row in self._ask("assignments")]

    def add_assignment(self, made: Assignment, staff_id: UUID | None, now: datetime) -> None:
        """Add an assignment by this member of staff."""
        self._ask("add_assignment", **made.__dict__, made_by=staff_id, made_at=now)

    def drop_assignment(self, assignment_id: UUID) -> None:
        """End an assignment."""
        self._ask("drop_assignment", assignment_id=assignment_id)

    def referral(self, subject_id: UUID, now: datetime) -> Referral | None:
        """Who asks whom about a subject that waits."""
        row = self._ask("referral", subject_id=subject_id, now=now)
        return Referral(*row) if row else None

    def put_referral(
        self,
        review: Review,
        asked_by: UUID,
        asked_of: UUID,
        words: str,
        now: datetime,
        until: datetime,
    ) -> None:
        """Ask somebody about a subject, in the place of who was asked before."""
        self._ask(
            "put_referral",
            subject_id=review.subject_id,
            decision_id=review.decision_id,
            asked_by=asked_by,
            asked_of=asked_of,
            words=words,
            asked_at=now,
            until_at=until,
        )

    def replies(self) -> list[Reply]:
        """All replies, the oldest first."""
        rows = self._ask("replies")
        return [Reply(row[0], Verdict(row[1]), row[2], Audience(row[3]), row[4]) for row in rows]

    def put_reply(self, reply: Reply, staff_id: UUID | None, now: datetime) -> None:
        """Add a reply, or put it in the place of the one with its id."""
        values = reply.__dict__ | {"changed_by": staff_id, "changed_at": now}
        self._ask("put_reply", **values)

    def drop_reply(self, reply_id: UUID) -> None:
        """Remove a reply."""
        self._ask("drop_reply", reply_id=reply_id)

    def asked_before(self, moment: datetime, limit: int) -> list[UUID]:
        """The subjects of which something was asked before that moment and that wait for it."""
        return [row[0] for row in self._ask("asked_before", moment=moment, maximum=limit)]

    def waiting(self) -> list[Waiting]:
        """What waits, by district and group."""
        return [Waiting(*row) for row in self._ask("waiting", actions=ACTIONS)]

    def work(self, since: datetime) -> list[Work]:
        """The decisions of each verifier a day, from that moment on."""
        return [Work(*row) for row in self._ask("work", worked_since=since)]

    def rules(self) -> list[Rule]:
        """All rules, the newest first."""
        return [_rule(row) for row in self._ask("rules")]

    def outcomes(self, rule_id: UUID) -> list[bool]:
        """Of each audited sighting of a rule whether it was wrong, the first decided first."""
        return [row[0] for row in self._ask("outcomes", rule_id=rule_id)]

    def met(self, rule_id: UUID) -> int:
        """How many sightings a rule has accepted, or kept for the audit."""
        return int(self._ask("met", rule_id=rule_id))

    def audited(self, subject_ids: Sequence[UUID]) -> set[UUID]:
        """Those of the subjects that are kept for an audit."""
        return {row[0] for row in self._ask("audited", subject_ids=list(subject_ids))}

    def candidates(self, rule: Rule, limit: int) -> list[Candidate]:
        """What waits, was never decided and is what a rule is about, the longest waiting first."""
        rows = self._ask(
            "candidates",
            group_code=rule.group_code,
            taxon_id=rule.taxon_id,
            district=rule.district,
            maximum=limit,
        )
        observers = sorted({row[1] for row in rows if row[1]})
        tracks = self._tracks(rule.group_code, observers)
        places = self._places({row[2] for row in rows})
        return [_candidate(row, tracks, places) for row in rows]

    def _tracks(self, group_code: str, observers: list[UUID]) -> dict[UUID, tuple[int, int]]:
        if not observers:
            return {}
        values = {"group_code": group_code, "observer_ids": observers}
        return {row[0]: (row[1], row[2]) for row in self._ask("tracks", **values)}

    def _places(self, taxa: set[UUID]) -> set[tuple[UUID, str | None]]:
        if not taxa:
            return set()
        return {(row[0], row[1]) for row in self._ask("places_known", taxon_ids=sorted(taxa))}

    def past(self, group_code: str, limit: int) -> list[Past]:
        """The latest sightings of a group that verifiers decided."""
        rows = self._ask("past", group_code=group_code, maximum=limit)
        return [_past(row) for row in rows]

    def tallies(self) -> dict[UUID, Tally]:
        """What each rule has done so far."""
        return {
            row[0]: Tally(row[1], row[2], row[3], Rate(row[4], row[5]))
            for row in self._ask("tallies")
        }

    def add_rule(self, rule: Rule, staff_id: UUID | None) -> None:
        """Add a rule by this member of staff."""
        values = rule.__dict__ | {"may_flag": ",".join(sorted(rule.may_flag)), "made_by": staff_id}
        self._ask("add_rule", **values)

    def switch_rule(self, rule_id: UUID, is_on: bool, ended_at: datetime | None) -> None:
        """Switch a rule on or off; `ended_at` where it ended itself."""
        self._ask("switch_rule", rule_id=rule_id, is_on=is_on, ended_at=ended_at)

    def add_audit(
        self, subject_id: UUID, rule_id: UUID, taxon_id: UUID, chosen_at: datetime
    ) -> None:
        """Keep a sighting, with the name it came with, for the audit of a rule."""
        self._ask(
            "add_audit",
            subject_id=subject_id,
            rule_id=rule_id,
            taxon_id=taxon_id,
            chosen_at=chosen_at,
        )


def _rule(row: Any) -> Rule:
    rule_id, group_code, taxon_id, district, least, rare_too, may_flag, *rest = row
    return Rule(rule_id, group_code, taxon_id, district, least, rare_too, _codes(may_flag), *rest)


def _past(row: Any) -> Past:
    values = list(row)
    values[FLAGS_OF_PAST] = _codes(row[FLAGS_OF_PAST])
    return Past(*values)


def _codes(text: str | None) -> frozenset[str]:
    return frozenset(text.split(",")) if text else frozenset()


def _candidate(
    row: Any, tracks: dict[UUID, tuple[int, int]], places: set[tuple[UUID, str | None]]
) -> Candidate:
    subject_id, observer_id, taxon_id, group_code, district, is_rare, is_special, flags = row
    accepted, refused = tracks.get(observer_id, (0, 0))
    return Candidate(
        subject_id,
        taxon_id,
        group_code,
        district,
        is_rare,
        is_special,
        True,
        _codes(flags),
        accepted,
        refused,
        (taxon_id, district) in places,
    )
