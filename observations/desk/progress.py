"""How the desk is doing: what waits, who decided how much, what another verifier overturned."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAYS = 14
ACTIONS = "action"  # in the place of a group: a low-carbon action with a photo


@dataclass(frozen=True)
class Waiting:
    """How many records of a group wait in a district, and since when the first of them.

    `district` None: in none, or an action; `group_code` None: not named.
    """

    district: str | None
    group_code: str | None
    count: int
    oldest: datetime


@dataclass(frozen=True)
class Work:
    """A verifier's decisions of a day (Asia/Shanghai), and of those before what others overturned.

    An overturned one counts on the day on which another verifier decided otherwise.
    """

    username: str
    day: date
    decisions: int
    overturned: int


@dataclass(frozen=True)
class Sum:
    """How many wait together, and since when the first."""

    count: int
    oldest: datetime


def by_district(waiting: Iterable[Waiting]) -> Mapping[str | None, Sum]:
    """What waits by district, most first; actions are left out."""
    return _sums((one.district, one) for one in waiting if one.group_code != ACTIONS)


def by_group(waiting: Iterable[Waiting]) -> Mapping[str | None, Sum]:
    """What waits by group, most first; actions are one."""
    return _sums((one.group_code, one) for one in waiting)


def _sums(pairs: Iterable[tuple[str | None, Waiting]]) -> Mapping[str | None, Sum]:
    sums: dict[str | None, Sum] = {}
    for key, one in pairs:
        before = sums.get(key, Sum(0, one.oldest))
        sums[key] = Sum(before.count + one.count, min(before.oldest, one.oldest))
    return dict(sorted(sums.items(), key=lambda item: -item[1].count))


def a_day(work: Iterable[Work], today: date) -> list[tuple[date, int]]:
    """The decisions of each of the latest days, today first."""
    counts: Counter[date] = Counter()
    for one in work:
        counts[one.day] += one.decisions
    return [(day, counts[day]) for day in (today - timedelta(days=ago) for ago in range(DAYS))]


def by_verifier(work: Iterable[Work], today: date) -> list[tuple[str, int, int, int]]:
    """Of each verifier the decisions of today and of all days, and those overturned; most first."""
    now, total, lost = Counter[str](), Counter[str](), Counter[str]()
    for one in work:
        total[one.username] += one.decisions
        lost[one.username] += one.overturned
        if one.day == today:
            now[one.username] += one.decisions
    return [(name, now[name], total[name], lost[name]) for name, _count in total.most_common()]
