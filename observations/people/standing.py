"""Whether somebody may send anything now: staff can suspend them for a time."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.base.clock import HANGZHOU
from observations.base.errors import Refused


class StandingReads(Protocol):
    """The read that it needs."""

    def suspended_until(self, device_id: UUID, now: datetime) -> datetime | None:
        """Until when the observer of this browser is suspended; None where they are not."""
        ...


class Rooms(Protocol):
    """A store or a transaction."""

    @property
    def people(self) -> StandingReads: ...


def require_standing(rooms: Rooms, device_id: UUID, now: datetime) -> None:
    """Raise `Refused("person.suspended")`, which says until when, for somebody suspended."""
    until = rooms.people.suspended_until(device_id, now)
    if until:
        raise Refused("person.suspended", until=moment_text(until))


def moment_text(moment: datetime) -> str:
    """Day and minute in Asia/Shanghai, the same in both languages: 2026-05-09 18:00."""
    return f"{moment.astimezone(HANGZHOU):%Y-%m-%d %H:%M}"
