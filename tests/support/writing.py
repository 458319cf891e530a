"""Somebody who writes beside what is tried or measured."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from db.store import Store
from tests.support.sightings import phone


@contextmanager
def writing(store: Store, pause_s: float = 0.0) -> Iterator[list[float]]:
    """Somebody writes all the while, `pause_s` between two writes; how many seconds each took."""
    took: list[float] = []
    is_over = threading.Event()

    def work() -> None:
        while not is_over.wait(pause_s):
            start = time.perf_counter()
            phone(store)
            took.append(time.perf_counter() - start)

    writer = threading.Thread(target=work)
    writer.start()
    try:
        yield took
    finally:
        is_over.set()
        writer.join()
