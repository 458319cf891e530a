"""Which figures of a district are renewed: nothing that differs by fewer than ten people.

The figure of all answers and the one that rests on proof are of overlapping people, and each was
published before. What anybody can have by adding and taking away up to four of these sums must be
of nobody, or of ten people or more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from observations.satisfaction.figures.estimates import SHOWN_FROM
from observations.satisfaction.publication.counted import Answers, Basis

LEAST_STEP = 10
"""Fewer people than this are never the difference between published figures."""
MOST_SUMS = 4
CHOICES = (
    frozenset({Basis.PROVEN, Basis.ALL}),
    frozenset({Basis.PROVEN}),
    frozenset({Basis.ALL}),
)
"""Both where that is possible; else first the one that is ranked."""

History = Mapping[Basis, Sequence[Answers]]


def renewed(now: Mapping[Basis, Answers], history: History) -> frozenset[Basis]:
    """The bases whose figure is renewed.

    `now` are the answers to one question in one district, `history` those of each state that was
    published, the latest last.
    """
    ready = frozenset(basis for basis in Basis if _is_ready(now[basis], history.get(basis, ())))
    before = [state for states in history.values() for state in states]
    for choice in CHOICES:
        if choice <= ready and not gives_away([now[basis] for basis in sorted(choice)], before):
            return choice
    return frozenset()


def _is_ready(now: Answers, past: Sequence[Answers]) -> bool:
    return len(now) >= SHOWN_FROM and not (past and past[-1] == now)


def gives_away(fresh: Sequence[Answers], before: Sequence[Answers]) -> bool:
    """Whether sums of answers, once those of `fresh` are published, tell of one to nine people."""
    digits = _Digits([*fresh, *before])
    numbers = [digits.of(answers) for answers in [*fresh, *before]]
    return any(
        0 < people < LEAST_STEP
        for total in _totals(numbers, len(fresh))
        for people in (digits.people(total),)
    )


def _totals(numbers: Sequence[int], fresh: int) -> Iterator[int]:
    """Every sum and difference of up to four numbers of which one is among the first, `fresh`."""
    for count in range(MOST_SUMS):
        for first in range(fresh):
            for others in combinations(numbers[first + 1 :], count):
                for signs in product((1, -1), repeat=count):
                    signed = (sign * other for sign, other in zip(signs, others, strict=True))
                    yield numbers[first] + sum(signed)


class _Digits:
    """Sums of answers as whole numbers: a digit for each answer that each person gave.

    A digit has four bits and is shown with eight added, so that it may be negative. Adding whole
    numbers adds all digits at once: there are thousands of sums to look through.
    """

    BITS, ZERO = 4, 8

    def __init__(self, states: Iterable[Answers]) -> None:
        by_person: dict[str, set[int]] = {}
        for state in states:
            for token, answer in state.items():
                by_person.setdefault(token, set()).add(answer)
        self._place: dict[tuple[str, int], int] = {}
        self._widest = max(map(len, by_person.values()), default=1)
        for row, (token, answers) in enumerate(by_person.items()):
            for column, answer in enumerate(sorted(answers)):
                self._place[token, answer] = self.BITS * (row * self._widest + column)
        digits = len(by_person) * self._widest
        self._lowest = self._repeated(1, digits, self.BITS)
        self._persons = self._repeated(1, len(by_person), self.BITS * self._widest)
        self._zero = self.ZERO * self._lowest

    def of(self, answers: Answers) -> int:
        """The number of a sum."""
        return sum(1 << self._place[token, answer] for token, answer in answers.items())

    def people(self, total: int) -> int:
        """How many people have a digit that is not nought."""
        digits = (total + self._zero) ^ self._zero
        digits |= digits >> 1
        digits |= digits >> 2
        digits &= self._lowest
        persons = digits
        for column in range(1, self._widest):
            persons |= digits >> (self.BITS * column)
        return (persons & self._persons).bit_count()

    @staticmethod
    def _repeated(one: int, times: int, bits: int) -> int:
        return sum(one << (bits * n) for n in range(times))
