"""Staff accounts: adding and disabling them, passwords (argon2id), signing in and out."""

import functools
import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import NOBODY, Person, Role
from observations.base.text import clean_text
from observations.log.entries import LogEntry
from observations.people.staff import PASSWORD_LENGTH, SESSION_LENGTH, Staff
from observations.people.store import Store

NAME_LENGTH = 60
_hasher = PasswordHasher()  # argon2id with the library's current parameters (RFC 9106)


def hash_token(token: str) -> str:
    """SHA-256 of a session token; tokens are random, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@retried
def add_staff(
    store: Store, username: str, password: str, role: str, now: datetime, is_demo: bool = False
) -> Staff:
    """Add an account.

    Raises `Refused`: `staff.name_taken`, `staff.name_empty`, `staff.role`, `staff.password_short`.
    """
    name = clean_text(username, "username", NAME_LENGTH)
    if not name:
        raise Refused("staff.name_empty", "username")
    if role not in list(Role):
        raise Refused("staff.role", "role")
    hashed = hash_password(password)
    staff = Staff(new_id(now), name, hashed, Role(role), False, is_demo, now)
    with store.transaction() as tx:
        if tx.people.staff_named(name):
            raise Refused("staff.name_taken", "username")
        tx.people.add_staff(staff)
        tx.log.add(LogEntry("staff.added", staff.staff_id, NOBODY, now, {"role": role}))
    return staff


def hash_password(password: str) -> str:
    """argon2id of the password. Raises `Refused("staff.password_short")`."""
    if len(password) < PASSWORD_LENGTH:
        raise Refused("staff.password_short", "password", limit=PASSWORD_LENGTH)
    return _hasher.hash(password)


@retried
def change_password(store: Store, username: str, password: str, now: datetime) -> None:
    """Set a new password, end all sessions of the account. Raises `Refused("staff.unknown")`."""
    hashed = hash_password(password)
    with store.transaction() as tx:
        staff = _require_staff(tx.people.staff_named(username))
        tx.people.set_password(staff.staff_id, hashed)
        tx.people.end_sessions_of(staff.staff_id, now)
        tx.log.add(LogEntry("staff.password_changed", staff.staff_id, NOBODY, now))


@retried
def disable_staff(store: Store, username: str, now: datetime) -> None:
    """Disable an account and end its sessions. Raises `Refused("staff.unknown")`."""
    with store.transaction() as tx:
        staff = _require_staff(tx.people.staff_named(username))
        tx.people.set_disabled(staff.staff_id, True)
        tx.people.end_sessions_of(staff.staff_id, now)
        tx.log.add(LogEntry("staff.disabled", staff.staff_id, NOBODY, now))


def sign_in(
    store: Store, username: str, password: str, device_id: UUID | None, now: datetime
) -> str:
    """Start a session where the password is right; gives its token.

    The browser's observer is tied to the account, so that nobody decides on their own record.
    Raises `Refused("staff.wrong_password")`, for an unknown name too; the route that calls this
    limits the tries.
    """
    staff = store.people.staff_named(username) if _is_name(username) else None
    if not _fits(staff, password) or staff is None or staff.is_disabled:
        raise Refused("staff.wrong_password", "password")
    return _start_session(store, staff, device_id, now)


@retried
def _start_session(store: Store, staff: Staff, device_id: UUID | None, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    expires_at = now + SESSION_LENGTH
    with store.transaction() as tx:
        tx.people.start_session(hash_token(token), staff.staff_id, now, expires_at)
        observer = tx.people.observer_of_device(device_id) if device_id else None
        if observer:
            tx.people.tie_staff_to_observer(staff.staff_id, observer.observer_id, now)
        tx.log.add(LogEntry("staff.signed_in", None, Person(staff_id=staff.staff_id), now))
    return token


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


def _require_staff(staff: Staff | None) -> Staff:
    if staff is None:
        raise Refused("staff.unknown", "username")
    return staff


def _fits(staff: Staff | None, password: str) -> bool:
    # an unknown name is checked against a hash too, so that both take the same time
    try:
        return _hasher.verify(staff.password_hash if staff else _nobodys_hash(), password)
    except VerificationError:
        return False


@functools.cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
