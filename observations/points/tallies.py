"""The changes that postings make to the boards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from observations.points.periods import Period, following, span
from observations.points.postings import Posting


class Holder(StrEnum):
    """The kinds of holders of points on a board."""

    PERSON = "person"
    TEAM = "team"


@dataclass(frozen=True)
class Tally:
    """How a holder's points of one period change; `gain` is against the period before."""

    holder_id: UUID
    holder: Holder
    period: Period
    first_day: date
    points: int
    gain: int
    is_demo: bool


def tallies(postings: Iterable[Posting], holders: Iterable[Holder] = tuple(Holder)) -> list[Tally]:
    """The changes by `postings`, one row a holder and period, always in the same order."""
    kinds = frozenset(holders)
    sums: dict[tuple[UUID, Holder, Period, date], list[int]] = {}
    demos: set[UUID] = set()
    for posting in postings:
        for holder, holder_id in _holders(posting):
            if holder in kinds:
                demos |= {holder_id} if posting.is_demo else set()
                for period, first, points, gain in _steps(posting):
                    pair = sums.setdefault((holder_id, holder, period, first), [0, 0])
                    pair[0] += points
                    pair[1] += gain
    return [
        Tally(*key, points=sums[key][0], gain=sums[key][1], is_demo=key[0] in demos)
        for key in sorted(sums)
    ]


def _holders(posting: Posting) -> Iterator[tuple[Holder, UUID]]:
    yield Holder.PERSON, posting.observer_id
    if posting.team_id:
        yield Holder.TEAM, posting.team_id


def _steps(posting: Posting) -> Iterator[tuple[Period, date, int, int]]:
    """Its own periods gain the posting's points; the next periods have that much less `gain`."""
    for period in Period:
        first = span(period, posting.earned_on).first
        yield period, first, posting.points, posting.points
        after = following(period, first)
        if after:
            yield period, after, 0, -posting.points
