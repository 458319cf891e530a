"""Waiting for a condition, never for a time."""

import time
from collections.abc import Callable

PATIENCE_S = 30


def eventually(holds: Callable[[], object]) -> None:
    """Wait until it does. Raises `AssertionError` after `PATIENCE_S`."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
