"""The log: every change of the store adds one entry here, in the same transaction."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from observations.base.ids import new_id
from observations.base.roles import Person


@dataclass(frozen=True)
class LogEntry:
    """One entry of the log.

    `action` is dotted (`occurrence.submitted`). `details` holds no free text of a person and no
    place, so that the log never needs erasing.
    """

    action: str
    subject_id: UUID | None
    person: Person
    logged_at: datetime
    details: dict[str, object] = field(default_factory=dict)
    entry_id: UUID = field(default_factory=new_id)
