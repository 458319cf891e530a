"""The rehearsal of a rule: what it would have accepted of what verifiers have decided since."""

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import UUID

from observations.desk.rule import Candidate, Rate, Rule, accepts

MOST = 100_000  # of the latest decided sightings of the group


@dataclass(frozen=True)
class Past:
    """A sighting as it came, and how verifiers decided in the end.

    It was right, wrong (refused, or given another name), or neither.
    """

    subject_id: UUID
    observer_id: UUID | None
    submitted_at: datetime
    decided_at: datetime
    taxon_id: UUID
    group_code: str
    district: str | None
    is_rare: bool
    is_special: bool
    has_photo: bool
    flags: frozenset[str]
    is_right: bool
    is_wrong: bool


@dataclass(frozen=True)
class Rehearsal:
    """How many decided sightings there were, and how many of those accepted were wrong."""

    decided: int
    accepted: Rate


class Told:
    """What verifiers have decided up to a moment that moves on."""

    def __init__(self) -> None:
        self._accepted: Counter[UUID | None] = Counter()
        self._refused: Counter[UUID | None] = Counter()
        self._places: set[tuple[UUID, str | None]] = set()
        self._later: list[tuple[datetime, int, Past]] = []
        self._number = count()

    def add(self, one: Past) -> None:
        """Something is decided at its time."""
        heapq.heappush(self._later, (one.decided_at, next(self._number), one))

    def candidate(self, one: Past) -> Candidate:
        """What a rule knows of a sighting when it comes; they have to come in their order."""
        while self._later and self._later[0][0] <= one.submitted_at:
            _moment, _number, earlier = heapq.heappop(self._later)
            self._accepted[earlier.observer_id] += earlier.is_right
            self._refused[earlier.observer_id] += earlier.is_wrong
            if earlier.is_right:
                self._places.add((earlier.taxon_id, earlier.district))
        return Candidate(
            one.subject_id,
            one.taxon_id,
            one.group_code,
            one.district,
            one.is_rare,
            one.is_special,
            one.has_photo,
            one.flags,
            self._accepted[one.observer_id],
            self._refused[one.observer_id],
            (one.taxon_id, one.district) in self._places,
        )


def rehearse(rule: Rule, past: Iterable[Past]) -> Rehearsal:
    """Let the rule look at sightings of its group, by the time they came.

    Of each it knows what verifiers had decided before that moment, no more.
    """
    before, decided, taken = Told(), 0, []
    for one in sorted(past, key=lambda one: one.submitted_at):
        decided += 1
        if accepts(rule, before.candidate(one)):
            taken.append(one)
        before.add(one)
    return Rehearsal(decided, Rate(sum(one.is_wrong for one in taken), len(taken)))
