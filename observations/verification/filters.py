"""Which of those that wait a verifier looks at."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from observations.base.wording import N_
from observations.verification.decisions import Kind

MOST_DAYS = 3650


class Turn(StrEnum):
    """Whose turn it is: one's own work, asked of one, or anybody's but whose it was before."""

    MINE = "mine"
    ASKED = "asked"
    SECOND = "second"


TURN_NAMES = {
    Turn.MINE: N_("归我看的"),
    Turn.ASKED: N_("同事请我看的"),
    Turn.SECOND: N_("要第二位看的"),
}


@dataclass(frozen=True)
class Filter:
    """What is asked of a waiting subject; an empty field asks nothing.

    `district` is where it was met; `check` the code of a check that found something; `text` is
    looked for in its names, its note and its observer's nickname; `waiting_days` how long it has
    waited at least; `turn` asks for whom it waits. All but `kind`, `observer_id`, `text`,
    `waiting_days` and `turn` leave sightings alone in the queue.
    """

    kind: Kind | None = None
    festival_id: UUID | None = None
    group: str | None = None
    district: str | None = None
    check: str | None = None
    is_named: bool | None = None
    observer_id: UUID | None = None
    taxon_id: UUID | None = None
    text: str = ""
    waiting_days: int | None = None
    turn: Turn | None = None

    @property
    def count(self) -> int:
        """How many things it asks."""
        return sum(getattr(self, field.name) not in (None, "") for field in fields(self))

    @property
    def is_plain(self) -> bool:
        """Whether it asks for no more than a kind or a festival."""
        return self == Filter(self.kind, self.festival_id)

    def waiting_before(self, now: datetime) -> datetime | None:
        """The latest moment since when a subject may wait; `now` is aware."""
        if self.waiting_days is None:
            return None
        return now - timedelta(days=min(self.waiting_days, MOST_DAYS))


ALL = Filter()
