"""Patterns of answers that weigh less: staff look at them, and may restore one."""

from dataclasses import dataclass
from datetime import date, datetime

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.log.entries import LogEntry
from observations.satisfaction.figures.manipulation import Pattern
from observations.satisfaction.publication.counted import latest_before
from observations.satisfaction.publication.next_publication import patterns_of
from observations.satisfaction.publication.store import Reads
from observations.satisfaction.store import Store
from observations.satisfaction.wave_steps import RUN_WAVES
from observations.satisfaction.waves import Wave


@dataclass(frozen=True)
class SeenPattern:
    """A pattern as staff see it: how many sheets, from how many networks, on which days."""

    pattern: Pattern
    sheets: int
    networks: int
    first_day: date
    last_day: date
    is_restored: bool


def patterns_for(store: Reads, person: Person, wave: Wave, now: datetime) -> list[SeenPattern]:
    """The patterns of a wave up to the end of yesterday. Raises `Refused`: `role.may_not`."""
    require(person, RUN_WAVES)
    sheets = latest_before(store.publications.sheets(wave.wave_id), day_of(now))
    restored = store.satisfaction.restored(wave.wave_id)
    rows = []
    for pattern in patterns_of(sheets):
        own = [sheets[key].profile for key in pattern.keys]
        days = [profile.day for profile in own]
        networks = len({profile.network for profile in own})
        is_restored = pattern.name in restored
        rows.append(SeenPattern(pattern, len(own), networks, min(days), max(days), is_restored))
    return rows


@retried
def restore(store: Store, person: Person, wave: Wave, pattern: str, now: datetime) -> None:
    """Give a pattern its full weight from the next publication on; twice is once.

    Raises `Refused`: `role.may_not`.
    """
    require(person, RUN_WAVES)
    if person.staff_id is None:
        raise Refused("role.may_not")
    with store.transaction() as tx:
        if pattern in tx.satisfaction.restored(wave.wave_id):
            return
        tx.satisfaction.restore(wave.wave_id, pattern, person.staff_id, now)
        details: dict[str, object] = {"wave": wave.wave_id, "pattern": pattern}
        tx.log.add(LogEntry("pattern.restored", None, person, now, details))
