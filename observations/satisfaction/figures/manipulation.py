"""Patterns of answers that look coordinated: they weigh less, and are counted in public by reason.

Only answers on people's word are looked at; a proof of residence is not doubted. Which network an
answer came from is no reason, and neither is a lean: a company, a school or a village may be of one
mind. What is looked for is what people do not do by chance, whatever their networks:

- the same whole sheet far more often than people who proved their residence give it;
- many sheets of a district within a day or two weeks, nearly all with the same ranked answer.

A pattern weighs together as much as the sheets that chance would have brought. Nothing is removed,
and staff can restore a pattern.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt

from observations.base.wording import N_

FEWEST = 10
"""Fewer sheets than this are no pattern: what a rule changes is public, and of ten or more."""
LEAST_ANSWERS = 5
"""A sheet with fewer answers is the same as others' by chance."""
USUAL_SHARE, USUAL_STRAIGHT = 0.02, 0.1
"""How often one sheet is given by chance, at least; one with the same answer throughout, more."""
ALIKE = 0.03
"""How much more alike people of one place are than others: the intraclass correlation allowed for.
Kish's design effect is 1 + (n - 1) * ALIKE."""
TOO_FAR = 4.0
"""Standard errors from which the number of the same sheets is no chance."""
BURST_FEWEST, BURST_TIMES, BURST_SHARE = 20, 3, 0.9
"""So many sheets are a burst, at so many times the district's pace on its other days, if at least
this share of them give the ranked question the same answer. Fewer may be a family party."""
BURST_DAYS = (1, 7, 14)
OFTEN_ANYWAY = 0.7
"""Where so many of those who proved their residence give that answer too, it tells nothing."""


class Reason(StrEnum):
    """Why answers weigh less."""

    IDENTICAL = "identical"
    BURST = "burst"


REASON_NAMES = {
    Reason.IDENTICAL: N_("许多份回答从头到尾一模一样，比有居住证明的人多得多"),
    Reason.BURST: N_("短短几天集中交来，总体几乎都打同一个分"),
}


@dataclass(frozen=True)
class Trace:
    """What is looked at of an answer: day, whole sheet, and the answer to the ranked question."""

    key: int
    district: str
    day: date
    answers: tuple[int | None, ...]
    ranked: int | None
    is_proven: bool = False


@dataclass(frozen=True)
class Pattern:
    """Answers (their `keys`) that look coordinated, `weight` each.

    `name` stays the same while sheets join it.
    """

    name: str
    reason: Reason
    district: str
    keys: frozenset[int]
    weight: float


def patterns(traces: Iterable[Trace]) -> list[Pattern]:
    """The patterns in a wave's answers; no answer is in two of them.

    The same sheet is looked for in each district and in the whole city (an empty `district`).
    """
    everybody = list(traces)
    proven = [trace for trace in everybody if trace.is_proven]
    left = [trace for trace in everybody if not trace.is_proven]
    coordinated: list[Pattern] = []
    looks: tuple[Look, ...] = (_same_in_districts, _same_in_the_city, _bursts)
    for look in looks:
        for pattern in look(left, proven):
            coordinated.append(pattern)
            left = [trace for trace in left if trace.key not in pattern.keys]
    return coordinated


Look = Callable[[Sequence[Trace], Sequence[Trace]], Iterator[Pattern]]


def _same_in_districts(word: Sequence[Trace], proven: Sequence[Trace]) -> Iterator[Pattern]:
    for district, own in _grouped(word, lambda trace: trace.district).items():
        yield from _same(str(district), own, proven)


def _same_in_the_city(word: Sequence[Trace], proven: Sequence[Trace]) -> Iterator[Pattern]:
    return _same("", word, proven)


def _same(district: str, word: Sequence[Trace], proven: Sequence[Trace]) -> Iterator[Pattern]:
    """Sheets that are the same more often than by chance."""
    for sheet, same in _grouped(word, lambda trace: trace.answers).items():
        answers = [answer for answer in same[0].answers if answer is not None]
        if len(same) < FEWEST or len(answers) < LEAST_ANSWERS:
            continue
        share = _usual_share(sheet, len(set(answers)) == 1, proven)
        n = len(word)
        error = sqrt(n * share * (1 - share) * (1 + (n - 1) * ALIKE))
        if len(same) > n * share + TOO_FAR * error:
            expected = max(1.0, (n - len(same)) * share / (1 - share))
            digits = "".join(str(answer or 0) for answer in same[0].answers)
            yield _pattern(Reason.IDENTICAL, district, digits, same, expected)


def _usual_share(sheet: object, is_straight: bool, proven: Sequence[Trace]) -> float:
    """How often a sheet is given by chance: as by those who proved it, and at least the usual."""
    usual = USUAL_STRAIGHT if is_straight else USUAL_SHARE
    among = sum(trace.answers == sheet for trace in proven)
    return max(usual, (among + 1) / (len(proven) + 2) if len(proven) >= FEWEST else usual)


def _bursts(word: Sequence[Trace], proven: Sequence[Trace]) -> Iterator[Pattern]:
    """Days on end of a district with far more sheets than usual, nearly all with one answer."""
    for district, own in _grouped(word, lambda trace: trace.district).items():
        left = own
        for days in BURST_DAYS:
            while burst := _largest_burst(left, days, proven):
                first, same, expected = burst
                yield _pattern(Reason.BURST, str(district), f"{first}+{days}", same, expected)
                keys = {trace.key for trace in same}
                left = [trace for trace in left if trace.key not in keys]


def _largest_burst(
    own: Sequence[Trace], days: int, proven: Sequence[Trace]
) -> tuple[date, list[Trace], float] | None:
    """The largest burst of so many days: its first day, its sheets, and how many are usual."""
    by_day = Counter(trace.day for trace in own)
    whole = (max(by_day) - min(by_day)).days + 1 if by_day else 0
    bursts = []
    for first in by_day:
        inside = [trace for trace in own if 0 <= (trace.day - first).days < days]
        others = len(own) - len(inside)
        expected = max(1.0, others / max(whole - days, 1) * days)
        common, many = Counter(trace.ranked for trace in inside).most_common(1)[0]
        is_far = others > 0 and many >= max(BURST_FEWEST, BURST_TIMES * expected)
        if common is None or not is_far or many < BURST_SHARE * len(inside):
            continue
        if sum(t.ranked == common for t in proven) <= OFTEN_ANYWAY * len(proven):
            bursts.append((first, [t for t in inside if t.ranked == common], expected))
    return max(bursts, key=lambda burst: len(burst[1]), default=None)


def _pattern(
    reason: Reason, district: str, about: str, same: Sequence[Trace], expected: float
) -> Pattern:
    keys = frozenset(trace.key for trace in same)
    name = f"{reason}/{district or 'city'}/{about}"
    return Pattern(name, reason, district, keys, min(1.0, expected / len(same)))


def _grouped(traces: Iterable[Trace], key: Callable[[Trace], object]) -> dict[object, list[Trace]]:
    groups: dict[object, list[Trace]] = {}
    for trace in traces:
        groups.setdefault(key(trace), []).append(trace)
    return groups
