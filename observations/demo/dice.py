"""Repeatable random numbers: the same seed gives the same half-year, ids included."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")


class Dice(random.Random):
    """A seeded random number generator with the distributions that the demo needs."""

    def happens(self, probability: float) -> bool:
        """True with this probability (0 to 1)."""
        return self.random() < probability

    def pick(self, weights: Mapping[T, float]) -> T:
        """One key, with the probabilities given by the weights."""
        return self.choices(list(weights), list(weights.values()))[0]

    def few(self, mean: float) -> int:
        """1 or more, geometrically distributed with that mean."""
        count = 1
        while self.random() > 1 / mean:
            count += 1
        return count

    def id_at(self, moment: datetime) -> UUID:
        """A UUIDv7 (RFC 9562) made at `moment` (aware)."""
        milliseconds = int(moment.timestamp() * 1000)
        number = (milliseconds & (2**48 - 1)) << 80 | self.getrandbits(80)
        return UUID(int=number & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62)

    def random_id(self) -> UUID:
        """A UUIDv4."""
        return UUID(int=self.getrandbits(128), version=4)

    def between(self, first: datetime, last: datetime) -> datetime:
        """A moment from `first` to `last`, in whole seconds."""
        seconds = max((last - first).total_seconds(), 0)
        return first + timedelta(seconds=int(self.random() * seconds))


class WeightedChoice(Generic[T]):
    """A weighted choice that is made thousands of times: its weights are summed once."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        kept = {item: weight for item, weight in weights.items() if weight > 0}
        self._items = list(kept)
        self._sums = list(accumulate(kept.values()))

    def pick(self, dice: Dice) -> T:
        """One item by its weight. Raises `IndexError` where there is none."""
        return dice.choices(self._items, cum_weights=self._sums)[0]
