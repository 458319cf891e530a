"""Whose work a group or a district is, and what one verifier asks of another."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

REFERRED = timedelta(days=7)
"""So long a record that a specialist was asked about is shown to nobody else."""
WORDS_LENGTH = 300


@dataclass(frozen=True)
class Assignment:
    """A group, a district, or a group in a district, which is somebody's work.

    None: any. What waits there is shown to everyone; it is how one finds one's own.
    """

    assignment_id: UUID
    staff_id: UUID
    group_code: str | None
    district: str | None

    def fits(self, group_code: str | None, district: str | None) -> bool:
        """Whether a record of this group and district is meant."""
        return self.group_code in (None, group_code) and self.district in (None, district)


@dataclass(frozen=True)
class Referral:
    """A record that somebody asks a colleague about; it is the colleague's until then."""

    subject_id: UUID
    asked_by: UUID
    asked_by_name: str
    asked_of: UUID
    asked_of_name: str
    words: str
    until: datetime


@dataclass(frozen=True)
class Colleague:
    """Somebody who can be asked, with what is their work; `fits`: this record is."""

    staff_id: UUID
    username: str
    assignments: tuple[Assignment, ...]
    fits: bool
