"""The changes that postings make to the boards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from observations.points.periods import Period, span
from observations.points.postings import Posting


class Holder(StrEnum):
    """The kinds of holders of points on a board."""

    PERSON = "person"
    TEAM = "team"


@dataclass(frozen=True)
class Tally:
    """How a holder's points of one period change."""

    holder_id: UUID
    holder: Holder
    period: Period
    first_day: date
    points: int
    is_demo: bool


def tallies(postings: Iterable[Posting], holders: Iterable[Holder] = tuple(Holder)) -> list[Tally]:
    """The changes by `postings`, one row a holder and period, always in the same order."""
    kinds = frozenset(holders)
    sums: dict[tuple[UUID, Holder, Period, date], int] = {}
    demos: set[UUID] = set()
    for posting in postings:
        for holder, holder_id in _holders(posting):
            if holder in kinds:
                demos |= {holder_id} if posting.is_demo else set()
                for period in Period:
                    key = (holder_id, holder, period, span(period, posting.earned_on).first)
                    sums[key] = sums.get(key, 0) + posting.points
    return [Tally(*key, points=sums[key], is_demo=key[0] in demos) for key in sorted(sums)]


@dataclass(frozen=True)
class HomeTally:
    """How a person's points of one period for a district they lived in change."""

    observer_id: UUID
    district: str
    period: Period
    first_day: date
    points: int
    is_demo: bool


def home_tallies(postings: Iterable[Posting]) -> list[HomeTally]:
    """The changes by `postings`, one row a person, district and period, always in one order."""
    sums: dict[tuple[UUID, str, Period, date], int] = {}
    demos: set[UUID] = set()
    for posting in postings:
        if posting.home_district is None:
            continue
        demos |= {posting.observer_id} if posting.is_demo else set()
        for period in Period:
            first = span(period, posting.earned_on).first
            key = (posting.observer_id, posting.home_district, period, first)
            sums[key] = sums.get(key, 0) + posting.points
    return [HomeTally(*key, points=sums[key], is_demo=key[0] in demos) for key in sorted(sums)]


def _holders(posting: Posting) -> Iterator[tuple[Holder, UUID]]:
    yield Holder.PERSON, posting.observer_id
    if posting.team_id:
        yield Holder.TEAM, posting.team_id
