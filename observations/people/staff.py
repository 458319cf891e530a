"""A member of staff, and the session of a sign-in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observations.base.roles import Role

SESSION_LENGTH = timedelta(hours=12)  # a working day
PASSWORD_LENGTH = 10


@dataclass(frozen=True)
class Staff:
    """One staff account. `is_demo`: made by `make run` only."""

    staff_id: UUID
    username: str
    password_hash: str
    role: Role
    is_disabled: bool
    is_demo: bool
    added_at: datetime
