"""Which of those that wait a verifier looks at."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from uuid import UUID

from observations.verification.decisions import Kind

MOST_DAYS = 3650


@dataclass(frozen=True)
class Filter:
    """What is asked of a waiting subject; an empty field asks nothing.

    `district` is where it was met; `check` the code of a check that found something; `text` is
    looked for in its names, its note and its observer's nickname; `waiting_days` how long it has
    waited at least. All but `kind`, `observer_id`, `text` and
    `waiting_days` leave sightings alone in the queue.
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
