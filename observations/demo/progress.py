"""The progress of making the demo, shown on a terminal only."""

from collections.abc import Callable
from typing import TextIO

Report = Callable[[float], None]
WIDTH = 40


def quiet(_share: float) -> None:
    """Report nothing."""


def bar(stream: TextIO) -> Report:
    """A reporter that draws on `stream` where that is a terminal; it takes shares from 0 to 1."""
    if not stream.isatty():
        return quiet

    def draw(share: float) -> None:
        full = round(share * WIDTH)
        end = "\n" if share >= 1 else ""
        stream.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {share:4.0%}{end}")
        stream.flush()

    return draw


def counted(report: Report, first: float, last: float, steps: int) -> Callable[[], None]:
    """A function to call after each step, which moves the bar from `first` to `last`."""
    steps_done = 0

    def step() -> None:
        nonlocal steps_done
        steps_done += 1
        report(first + (last - first) * min(steps_done / steps, 1))

    return step
