"""Answers that are read once in a run of a page, and used again until it ends or writes."""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts.runtime import store

T = TypeVar("T")


def once_a_run(ask: Callable[[], T]) -> Callable[[], T]:
    """A function that calls `ask` once a run and then repeats its answer.

    A new run of a page or of a fragment, its callbacks included, calls it again; so does a run
    that has ended a transaction since. Outside a run no answer is reused.
    """
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
    """An object of this run alone: Streamlit makes new cursors for every run.

    The stored answer refers to it, so that no later run can have an object of the same identity.
    """
    context = get_script_run_ctx(suppress_warning=True)
    return context.cursors if context else None
