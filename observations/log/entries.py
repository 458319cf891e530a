"""The log of who did what: every change of the store adds one entry, in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from observations.base.ids import new_id
from observations.base.roles import Person

BEFORE, AFTER = "before", "after"  # names of details: what was changed, and to what


@dataclass(frozen=True)
class LogEntry:
    """One entry of the log.

    `action` is dotted (`occurrence.submitted`). `details` holds no free text of a person, no name
    and no place, so that it never needs erasing; what does stands in `personal`.
    """

    action: str
    subject_id: UUID | None
    person: Person
    logged_at: datetime
    details: Mapping[str, object] = field(default_factory=dict)
    entry_id: UUID = field(default_factory=new_id)
    personal: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class LogLine:
    """An entry as it is stored; `details` and `personal` (None: nothing, or emptied) are JSON."""

    entry_id: UUID
    action: str
    subject_id: UUID | None
    observer_id: UUID | None
    staff_id: UUID | None
    system_user: str | None
    details: str
    personal: str | None
    logged_at: datetime


@dataclass(frozen=True)
class Seal:
    """The seal of one entry; `link` proves this entry and all before. `salt` None: emptied."""

    position: int
    entry_id: UUID
    salt: str | None
    personal_digest: str
    link: str
    sealed_at: datetime


@dataclass(frozen=True)
class Question:
    """Which entries to read; "" and None ask for all.

    `who` are letters of a user name, a nickname or a name on the machine; `action` one action; the
    moments are aware, `until` is not in it.
    """

    who: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Told:
    """An entry for people: whose account or nickname it is now, and its seal's position and link.

    Both are None until it is sealed.
    """

    line: LogLine
    username: str | None
    nickname: str | None
    position: int | None
    link: str | None
