"""A member of staff, and the session of a sign-in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from observations.base.roles import Role

SESSION_LENGTH = timedelta(hours=12)  # a working day
IDLE_LENGTH = timedelta(hours=2)  # a meeting
PASSWORD_LENGTH = 10
NAME_LENGTH = 60
NO_PASSWORD = ""  # no password fits it: of who signs in at a provider


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
    has_second_step: bool = False


@dataclass(frozen=True)
class Lasting:
    """How long a sign-in lasts: at most `absolute`, and `idle` from when it was used last."""

    absolute: timedelta = SESSION_LENGTH
    idle: timedelta = IDLE_LENGTH


@dataclass(frozen=True)
class StaffSession:
    """A sign-in that is open; times are aware."""

    session_id: UUID
    started_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Account:
    """An account in a list. `signed_in_at` is None for one that never signed in."""

    staff_id: UUID
    username: str
    role: Role
    is_disabled: bool
    is_demo: bool
    added_at: datetime
    signed_in_at: datetime | None
    has_second_step: bool


@dataclass(frozen=True)
class MailWish:
    """What somebody wants to be written of, and where to.

    `digest_on` is the day (Asia/Shanghai) of the latest digest; of what came up to `alerted_until`
    they were told, or did not want to be.
    """

    staff_id: UUID
    address: str
    wants_digest: bool
    wants_alerts: bool
    digest_on: date | None
    alerted_until: datetime
