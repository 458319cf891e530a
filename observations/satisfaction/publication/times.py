"""When figures of a wave are published: each Monday, and when it closes.

All is fixed by the calendar and by the steps of the wave, not by when anybody computes or looks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from observations.base.clock import day_of, midnight
from observations.satisfaction.waves import Step, StepKind, Wave

MONDAY = 0


class Kind(StrEnum):
    """What a publication is made for."""

    WEEKLY = "weekly"
    CLOSING = "closing"
    AFTER = "after"
    """A Monday on which the wave is closed: the figures stand, what staff answered is added."""


@dataclass(frozen=True)
class Due:
    """A time of publication (aware): answers given before the day `until` count in it."""

    kind: Kind
    at: datetime
    until: date


def times(wave: Wave, steps: Iterable[Step], now: datetime) -> tuple[list[Due], Due | None]:
    """The times of a wave up to `now`, the earliest first, and the next one.

    `steps` may hold other waves' too, in any order. A wave with answers and no step was open all
    through. A wave that nobody closed closes with its quarter. Answers of staff are published until
    the next quarter ends.
    """
    own = [step for step in steps if step.wave_id == wave.wave_id and step.stepped_at <= now]
    every = sorted(_all_times(wave, own), key=lambda due: due.at)
    later = [due for due in every if due.at > now]
    return [due for due in every if due.at <= now], (later[0] if later else None)


def _all_times(wave: Wave, steps: Sequence[Step]) -> Iterator[Due]:
    spans = _open_spans(wave, steps)
    end = midnight(wave.next.first_day)
    last = wave.first_day
    for _opened, closed in spans:
        last = wave.next.first_day if closed == end else day_of(closed) + timedelta(days=1)
        yield Due(Kind.CLOSING, closed, last)
    closings = {closed for _, closed in spans}
    for monday in _mondays(wave):
        at = midnight(monday)
        if any(opened < at < closed for opened, closed in spans):
            yield Due(Kind.WEEKLY, at, monday)
        elif at not in closings and any(closed < at for closed in closings):
            yield Due(Kind.AFTER, at, min(monday, last))


def _open_spans(wave: Wave, steps: Sequence[Step]) -> list[tuple[datetime, datetime]]:
    """When the wave was open, each span with its end."""
    first, end = midnight(wave.first_day), midnight(wave.next.first_day)
    opened = None if steps else first
    spans = []
    for step in sorted(steps, key=lambda step: step.stepped_at):
        if step.kind is StepKind.OPENED:
            opened = opened or step.stepped_at
        elif opened and opened < end:
            spans.append((opened, min(step.stepped_at, end)))
            opened = None
    return [*spans, (opened, end)] if opened and opened < end else spans


def _mondays(wave: Wave) -> Iterator[date]:
    """The Mondays of a wave and of the quarter after it."""
    day = wave.first_day + timedelta(days=(MONDAY - wave.first_day.weekday()) % 7)
    while day < wave.next.next.first_day:
        yield day
        day += timedelta(days=7)
