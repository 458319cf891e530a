"""Wrong tries of a secret: each has to wait longer than the one before, and nobody waits for good.

In the memory of a process, as the limits are.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from observations.base.errors import Refused

FREE = 5  # tries of somebody who mistypes
LONGEST_S = 300.0
FORGOTTEN_AFTER_S = 3600.0
MOST = 20_000  # keys in memory, the latest


@dataclass(frozen=True)
class Past:
    """How often a key was tried, and when last, in the clock's seconds."""

    count: int
    last_at: float


class Tries:
    """Counts tries by key. `begin` before the secret is looked at, `forget` where it was right."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._past: OrderedDict[str, Past] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, *keys: str) -> None:
        """Count one try under each of `keys`.

        Raises `Refused("limit.wait")` while one of them has to wait. Such a try is not counted, so
        that impatience makes no wait longer.
        """
        now = self._clock()
        with self._lock:
            past = {key: self._known(key, now) for key in keys}
            wait = max(one.last_at + pause_after(one.count) - now for one in past.values())
            if wait > 0:
                raise Refused("limit.wait", seconds=ceil(wait))
            for key, one in past.items():
                self._past[key] = Past(one.count + 1, now)
                self._past.move_to_end(key)
            while len(self._past) > MOST:
                self._past.popitem(last=False)

    def forget(self, *keys: str) -> None:
        """Nobody has to wait any more under `keys`."""
        with self._lock:
            for key in keys:
                self._past.pop(key, None)

    def _known(self, key: str, now: float) -> Past:
        past = self._past.get(key)
        is_over = past is None or now - past.last_at > FORGOTTEN_AFTER_S
        return Past(0, now) if past is None or is_over else past


def pause_after(count: int) -> float:
    """Seconds between a try and the next, when there were `count`: 0, then 2, 4, 8 … 300."""
    return 0.0 if count < FREE else min(LONGEST_S, 2.0 ** min(count - FREE + 1, 20))
