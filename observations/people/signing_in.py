"""Staff sign in and out."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person
from observations.base.text import clean_text
from observations.log.entries import LogEntry
from observations.people.passwords import fits, hash_password
from observations.people.second_step import require_code
from observations.people.staff import NAME_LENGTH, Lasting, Staff
from observations.people.store import Store, Transaction

USUAL = Lasting()


@dataclass(frozen=True)
class SecondStep:
    """The code that somebody typed, and the server's secret, of which the phone's was made."""

    server: bytes
    code: str


def hash_token(token: str) -> str:
    """SHA-256 of a session token; tokens are random, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(
    store: Store,
    username: str,
    password: str,
    device_id: UUID | None,
    now: datetime,
    lasting: Lasting = USUAL,
) -> str:
    """Start a session where the password is right; gives its token.

    The browser's observer is tied to the account, so that nobody decides on their own record.
    Raises `Refused`: `staff.wrong_password`, for an unknown name too (the route that calls this
    limits the tries); `staff.code_needed`, where the account has a second step.
    """
    staff = right_account(store, username, password)
    if staff.has_second_step:
        raise Refused("staff.code_needed", "code")
    return _start_session(store, staff, device_id, now, lasting, None)


def sign_in_with_code(
    store: Store,
    staff: Staff,
    second: SecondStep,
    device_id: UUID | None,
    now: datetime,
    lasting: Lasting = USUAL,
) -> str:
    """Start a session of who has shown the password, and shows the code; gives its token.

    Raises `Refused("staff.wrong_code")`.
    """
    return _start_session(store, staff, device_id, now, lasting, second)


def right_account(store: Store, username: str, password: str) -> Staff:
    """The account of this name and password. Raises `Refused("staff.wrong_password")`."""
    staff = store.people.staff_named(username) if _is_name(username) else None
    is_right = fits(staff.password_hash if staff else None, password)
    if not is_right or staff is None or staff.is_disabled:
        raise Refused("staff.wrong_password", "password")
    return staff


@retried
def _start_session(
    store: Store,
    staff: Staff,
    device_id: UUID | None,
    now: datetime,
    lasting: Lasting,
    second: SecondStep | None,
) -> str:
    with store.transaction() as tx:
        if second:
            require_code(tx, second.server, staff.staff_id, second.code, now)
        return start_session(tx, staff, device_id, now, lasting)


def start_session(
    tx: Transaction, staff: Staff, device_id: UUID | None, now: datetime, lasting: Lasting
) -> str:
    """Start a session of who has proved who they are; gives its token."""
    token = secrets.token_urlsafe(32)
    ends = now + lasting.absolute, now + lasting.idle
    tx.people.start_session(hash_token(token), staff.staff_id, now, ends)
    observer = tx.people.observer_of_device(device_id) if device_id else None
    if observer:
        tx.people.tie_staff_to_observer(staff.staff_id, observer.observer_id, now)
    tx.log.add(LogEntry("staff.signed_in", None, Person(staff_id=staff.staff_id), now))
    return token


@retried
def keep_session(store: Store, token: str, now: datetime, lasting: Lasting = USUAL) -> None:
    """Somebody uses a session: it does not end for idleness before `lasting.idle` has passed."""
    with store.transaction() as tx:
        tx.people.keep_session(hash_token(token), now + lasting.idle)


@retried
def change_own_password(
    store: Store, staff: Staff, current: str, password: str, now: datetime
) -> None:
    """Replace one's password; all sessions end.

    Raises `Refused`: `staff.wrong_password`, `staff.password_short`.
    """
    if not fits(staff.password_hash, current):
        raise Refused("staff.wrong_password", "password")
    hashed = hash_password(password)
    with store.transaction() as tx:
        tx.people.set_password(staff.staff_id, hashed)
        tx.people.end_sessions_of(staff.staff_id, now)
        person = Person(staff_id=staff.staff_id)
        tx.log.add(LogEntry("staff.password_changed", staff.staff_id, person, now))


@retried
def sign_out(store: Store, token: str, now: datetime) -> None:
    """End a session; nothing happens where there is none."""
    with store.transaction() as tx:
        tx.people.end_session(hash_token(token), now)


def staff_of(store: Store, token: str | None, now: datetime) -> Staff | None:
    """The member of staff of this session token; None where it has ended."""
    return store.people.staff_of_session(hash_token(token), now) if token else None


def _is_name(username: str) -> bool:
    """Whether an account can have this very name; an engine fails at what none can have."""
    try:
        return clean_text(username, "username", NAME_LENGTH) == username
    except Refused:
        return False
