"""Detection of answers that look invented: they are excluded, and counted in public by reason.

A network is stored only as a keyed hash, which differs in every wave. Sharing a network is no
reason by itself: families, offices and whole mobile networks do. Answers of one network are
excluded when they differ from everybody else's more than those of people who live together would.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt
from statistics import fmean, pvariance

from observations.base.wording import N_

FEWEST = 8
"""Fewer answers than this on one network are never looked at together."""
ALIKE = 0.03
"""How much more alike people on one network are than others: the intraclass correlation that is
allowed for. Kish's design effect is 1 + (n - 1) * ALIKE."""
TOO_FAR, TOO_FAR_IN_A_DAY = 4.0, 3.5
"""Standard errors from which a network's mean, or a day's on it, is no chance."""
LARGE_SHARE = 0.5
"""An answer sheet filled in alike by more than this share of a network is looked at."""
REFERENCE_FEWEST = 10
LEAST_SPREAD = 8.0
LEAST_SHARE = 0.05
"""Where all others agree by chance, nobody is set apart for disagreeing a little: the least
standard deviation of scores, in points, and the least variance of a share."""


class Reason(StrEnum):
    """Why answers are set apart."""

    IDENTICAL = "identical"
    BURST = "burst"
    NETWORK = "network"


REASON_NAMES = {
    Reason.IDENTICAL: N_("同一网络上许多份回答一模一样"),
    Reason.BURST: N_("同一网络一天里集中交来，分数和别人差得远"),
    Reason.NETWORK: N_("同一网络上许多设备，分数一起偏到一边"),
}


@dataclass(frozen=True)
class Trace:
    """The fields of an answer that the detection reads; of person and time only the day."""

    key: int
    district: str
    network: str
    day: date
    answers: tuple[int | None, ...]
    score: float


Groups = Mapping[object, Sequence[Trace]]


def set_apart(traces: Iterable[Trace]) -> dict[int, Reason]:
    """The reason for each answer (by `key`) that is set apart, the narrowest first.

    The others of the district are the measure, those on large networks left out where enough
    remain. Whatever is found is taken out of the measure, and the rest is looked at again.
    """
    left = list(traces)
    reasons: dict[int, Reason] = {}
    for reason, look in LOOKS:
        while worst := _worst(left, look):
            reasons.update((trace.key, reason) for trace in worst)
            left = [trace for trace in left if trace.key not in reasons]
    return reasons


Look = Callable[[Sequence[Trace], "Measure"], Iterator[tuple[float, Sequence[Trace]]]]
"""Suspicious groups, each with how far it lies beyond its bound."""


class Measure:
    """What a group is compared with in each district: mean and variance of the others' scores."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        self._by_district = _grouped(traces, lambda trace: trace.district)
        self._sizes = Counter(trace.network for trace in traces if trace.network)

    def others(self, district: str, networks: frozenset[str]) -> Sequence[Trace]:
        """People of the district on none of these networks, on small ones if they are enough."""
        outside = [t for t in self._by_district[district] if t.network not in networks]
        small = [t for t in outside if self._sizes[t.network] < FEWEST]
        return small if len(small) >= max(REFERENCE_FEWEST, len(outside) / 4) else outside

    def distance(self, group: Sequence[Trace]) -> float:
        """The difference between the group and the others, in standard errors.

        The larger one of two: of the means, and of the share of the group's most frequent score.
        """
        (common, _), *_ = Counter(trace.score for trace in group).most_common(1)
        by_mean = self._distance(group, lambda trace: trace.score, LEAST_SPREAD**2)
        by_share = self._distance(group, lambda trace: float(trace.score == common), LEAST_SHARE)
        return max(abs(by_mean), by_share)

    def _distance(
        self, group: Sequence[Trace], value: Callable[[Trace], float], least: float
    ) -> float:
        networks = frozenset(trace.network for trace in group)
        above, variance, weight = 0.0, 0.0, 0
        for district, own in _grouped(group, lambda trace: trace.district).items():
            others = [value(trace) for trace in self.others(str(district), networks)]
            if len(others) < REFERENCE_FEWEST:
                continue
            spread, size = max(pvariance(others), least), len(own)
            above += sum(value(trace) for trace in own) - size * fmean(others)
            variance += spread * (size * (1 + (size - 1) * ALIKE) + size**2 / len(others))
            weight += size
        return above / sqrt(variance) if weight >= FEWEST else 0.0


def _identical(
    traces: Sequence[Trace], measure: Measure
) -> Iterator[tuple[float, Sequence[Trace]]]:
    """Groups with the same whole answer sheet on one network while it is rare elsewhere.

    Each with the excess over its bound.
    """
    for network, members in _by_network(traces).items():
        sheets = _grouped(members, lambda trace: trace.answers)
        for answers, same in sheets.items():
            if len(same) < FEWEST or len(same) <= LARGE_SHARE * len(members):
                continue
            others = [t for t in traces if t.network != network]
            share = (sum(t.answers == answers for t in others) + 1) / (len(others) + 2)
            expected, n = share * len(members), len(members)
            error = sqrt(n * share * (1 - share) * (1 + (n - 1) * ALIKE))
            yield (len(same) - expected) / error - TOO_FAR, same


def _bursts(traces: Sequence[Trace], measure: Measure) -> Iterator[tuple[float, Sequence[Trace]]]:
    """Groups of answers of one network on one day, with the excess over their bound."""
    for days in _by_network(traces).values():
        for same_day in _grouped(days, lambda trace: trace.day).values():
            yield from _far(same_day, measure, TOO_FAR_IN_A_DAY)


def _networks(traces: Sequence[Trace], measure: Measure) -> Iterator[tuple[float, Sequence[Trace]]]:
    """Groups of all answers of one network in the wave, by district and in the whole city.

    Each with the excess over its bound.
    """
    for members in _by_network(traces).values():
        yield from _far(members, measure, TOO_FAR)
        districts = _grouped(members, lambda trace: trace.district)
        if len(districts) > 1:
            for own in districts.values():
                yield from _far(own, measure, TOO_FAR)


LOOKS: tuple[tuple[Reason, Look], ...] = (
    (Reason.IDENTICAL, _identical),
    (Reason.BURST, _bursts),
    (Reason.NETWORK, _networks),
)


def _far(
    group: Sequence[Trace], measure: Measure, bound: float
) -> Iterator[tuple[float, Sequence[Trace]]]:
    if len(group) >= FEWEST:
        yield measure.distance(group) - bound, group


def _worst(traces: Sequence[Trace], look: Look) -> Sequence[Trace]:
    """The group that exceeds its bound by most; empty where no group does."""
    beyond = [suspect for suspect in look(traces, Measure(traces)) if suspect[0] > 0]
    return max(beyond, key=lambda suspect: suspect[0])[1] if beyond else ()


def _by_network(traces: Sequence[Trace]) -> Groups:
    known = [trace for trace in traces if trace.network]
    groups = _grouped(known, lambda trace: trace.network)
    return {network: own for network, own in groups.items() if len(own) >= FEWEST}


def _grouped(traces: Iterable[Trace], key: Callable[[Trace], object]) -> dict[object, list[Trace]]:
    groups: dict[object, list[Trace]] = {}
    for trace in traces:
        groups.setdefault(key(trace), []).append(trace)
    return groups
