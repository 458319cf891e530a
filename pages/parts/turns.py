"""Turns in which pages are drawn: two at a time, however many visitors there are.

Streamlit draws every visitor's page on a thread of its own. Only one thread computes at a time, so
that forty of them are no faster than two; but each takes the interpreter from the loop that answers
everybody. Two, so that one computes while the other waits for the store. `python -m bench health`
beside forty visitors, median and 95th percentile of an answer: 423 and 620 ms without turns, 38 and
208 with four at a time, 14 and 32 with two.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 2
LONGEST_TURN_S = 0.5  # a page that takes longer (an import) goes on beside those in their turns
LONGEST_WAIT_S = 2.0  # then a page is drawn out of turn: all the others may wait for a dead store
LOOK_EVERY_S = 0.1


class Turns:
    """`AT_ONCE` turns; who holds one for longer than `LONGEST_TURN_S` loses it to who waits."""

    def __init__(self) -> None:
        self._free = threading.Semaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._begun: dict[object, float] = {}

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Draw a page inside, after waiting for a turn for `LONGEST_WAIT_S` at most."""
        page = object()
        self._begin(page)
        try:
            yield
        finally:
            with self._lock:
                has_turn = self._begun.pop(page, None) is not None
            if has_turn:
                self._free.release()

    def _begin(self, page: object) -> None:
        end = time.monotonic() + LONGEST_WAIT_S
        while time.monotonic() < end:
            is_free = self._free.acquire(timeout=LOOK_EVERY_S)
            with self._lock:
                if is_free or self._end_overlong():
                    self._begun[page] = time.monotonic()
                    return

    def _end_overlong(self) -> bool:
        """Take the turn of the page that has been drawn for longest, if that is too long."""
        page = min(self._begun, key=self._begun.__getitem__, default=None)
        if page is None or time.monotonic() - self._begun[page] < LONGEST_TURN_S:
            return False
        del self._begun[page]
        return True


turn = Turns().turn
