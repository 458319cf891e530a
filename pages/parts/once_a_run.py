"""What is asked once a run of a page: held until the run ends, or until it writes something."""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts.runtime import store

T = TypeVar("T")


def once_a_run(ask: Callable[[], T]) -> Callable[[], T]:
    """`ask`, asked once a run: each run of a page or of a fragment, its callbacks included, asks
    anew, and so does whoever ended a transaction since. Outside a run nothing is held."""
    cache: ContextVar[tuple[object, int, T] | None] = ContextVar(ask.__qualname__, default=None)

    @functools.wraps(ask)
    def answer() -> T:
        run, writes = _run(), store().transactions_here
        last = cache.get()
        if last and run is not None and last[0] is run and last[1] == writes:
            return last[2]
        value = ask()
        cache.set((run, writes, value))
        return value

    return answer


def _run() -> object | None:
    """What is another object in each run: Streamlit makes the cursors of a run anew. The held
    answer refers to it, so no later run can have one of the same identity."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.cursors if context else None
