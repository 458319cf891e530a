"""A lock that serves waiting threads in the order of arrival.

A busy thread can take `threading.Lock` again and again: 8 writers had a p99 of 240 to 820 ms with a
p50 of 60. Giving it to the thread that has waited longest keeps the slowest near the mean.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class FairLock:
    """Admits one thread at a time, in the order of arrival; a thread may not enter twice."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_held = False
        self._holder: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn. Raises `RuntimeError` where this thread has it already."""
        if self._holder == threading.get_ident():
            raise RuntimeError("transactions do not nest")
        self._enter()
        self._holder = threading.get_ident()
        try:
            yield
        finally:
            self._holder = None
            self._leave()

    def _enter(self) -> None:
        with self._mutex:
            if not self._is_held:
                self._is_held = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()  # the thread that leaves passes the lock on; `_is_held` stays true meanwhile

    def _leave(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_held = False
