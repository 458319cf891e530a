"""Running a use case again after a conflict with another transaction."""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from observations.base.errors import Conflict

TRIES = 12  # PostgreSQL's serializable needed 1.65 tries on average with 8 writers on one account
P = ParamSpec("P")
R = TypeVar("R")


def retried(use_case: Callable[P, R]) -> Callable[P, R]:
    """Run `use_case` again after a `Conflict`, up to `TRIES` times with a growing random pause.

    The use case opens exactly one transaction and does nothing outside it that must not happen
    twice. The last `Conflict` is raised as it is.
    """

    @functools.wraps(use_case)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, TRIES):
            try:
                return use_case(*args, **kwargs)
            except Conflict:
                time.sleep(random.uniform(0, 0.004 * attempt * attempt))
        return use_case(*args, **kwargs)

    return run
