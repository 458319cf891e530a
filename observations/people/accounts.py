"""Accounts of the staff in the hands of an admin: added, changed, closed and opened again.

An admin who was closed or demoted meanwhile changes nothing, and one admin always stays: both are
looked at inside the transaction, so that two who demote each other at once leave one.
"""

from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.names import clean_name, skeleton
from observations.base.retrying import retried
from observations.base.roles import Person, Role, require
from observations.log.entries import AFTER, BEFORE, LogEntry
from observations.people.passwords import hash_password
from observations.people.recovery import make_code
from observations.people.staff import NAME_LENGTH, Account, Staff, StaffSession
from observations.people.store import Store, Transaction

ACTION = "manage_staff"


def look_for(store: Store, person: Person, words: str, after: str, limit: int) -> list[Account]:
    """Accounts with these letters in their name, by name; those behind the name `after`.

    Raises `Refused("role.may_not")`.
    """
    require(person, ACTION)
    return store.people.accounts(words.strip(), after, limit)


def sessions_of(store: Store, person: Person, staff_id: UUID, now: datetime) -> list[StaffSession]:
    """The sessions of an account that are open, the latest first.

    Raises `Refused("role.may_not")`.
    """
    require(person, ACTION)
    return store.people.sessions_of(staff_id, now)


@retried
def add_account(
    store: Store,
    person: Person,
    username: str,
    password: str,
    role: str,
    now: datetime,
    is_demo: bool = False,
) -> Staff:
    """Add an account.

    Raises `Refused`: `role.may_not`, `staff.name_empty`, `staff.name_taken` (or one that looks like
    it), `staff.role`, `staff.password_short`, `text.…`.
    """
    require(person, ACTION)
    name, hashed = _clean(username), hash_password(password)
    staff = Staff(new_id(now), name, hashed, _role(role), False, is_demo, now)
    with store.transaction() as tx:
        _require_admin(tx, person)
        _require_free(tx, name, None)
        tx.people.add_staff(staff)
        tx.log.add(LogEntry("staff.added", staff.staff_id, person, now, {AFTER: role}))
    return staff


@retried
def change_role(store: Store, person: Person, staff_id: UUID, role: str, now: datetime) -> None:
    """Give an account another role; it counts from its next click.

    Raises `Refused`: `role.may_not`, `staff.unknown`, `staff.role`, `staff.last_admin`.
    """
    require(person, ACTION)
    chosen = _role(role)
    with store.transaction() as tx:
        staff = _staff(tx, person, staff_id)
        if staff.role is chosen:
            return
        tx.people.set_role(staff_id, chosen)
        _require_an_admin_left(tx, staff)
        details = {BEFORE: staff.role, AFTER: chosen}
        tx.log.add(LogEntry("staff.role_changed", staff_id, person, now, details))


@retried
def rename_account(
    store: Store, person: Person, staff_id: UUID, username: str, now: datetime
) -> str:
    """Give an account another name; gives it, without spaces around it.

    Raises `Refused`: `role.may_not`, `staff.unknown`, `staff.name_empty`, `staff.name_taken`,
    `text.…`.
    """
    require(person, ACTION)
    name = _clean(username)
    with store.transaction() as tx:
        staff = _staff(tx, person, staff_id)
        _require_free(tx, name, staff_id)
        if staff.username != name:
            tx.people.rename_staff(staff_id, name)
            names = {BEFORE: staff.username, AFTER: name}
            tx.log.add(LogEntry("staff.renamed", staff_id, person, now, personal=names))
    return name


@retried
def disable_account(store: Store, person: Person, staff_id: UUID, now: datetime) -> None:
    """Close an account and end its sessions.

    Raises `Refused`: `role.may_not`, `staff.unknown`, `staff.last_admin`.
    """
    require(person, ACTION)
    with store.transaction() as tx:
        staff = _staff(tx, person, staff_id)
        tx.people.set_disabled(staff_id, True)
        _require_an_admin_left(tx, staff)
        tx.people.end_sessions_of(staff_id, now)
        tx.people.drop_mail_wish(staff_id)
        tx.log.add(LogEntry("staff.disabled", staff_id, person, now))


@retried
def enable_account(store: Store, person: Person, staff_id: UUID, now: datetime) -> None:
    """Open a closed account again. Raises `Refused`: `role.may_not`, `staff.unknown`."""
    require(person, ACTION)
    with store.transaction() as tx:
        if not _staff(tx, person, staff_id).is_disabled:
            return
        tx.people.set_disabled(staff_id, False)
        tx.log.add(LogEntry("staff.enabled", staff_id, person, now))


def make_password() -> str:
    """A password of 100 random bits that can be read out."""
    return make_code().lower()


@retried
def reset_password(
    store: Store, person: Person, staff_id: UUID, password: str, now: datetime
) -> None:
    """Set a new password and end all sessions of the account.

    Raises `Refused`: `role.may_not`, `staff.unknown`, `staff.password_short`.
    """
    require(person, ACTION)
    hashed = hash_password(password)
    with store.transaction() as tx:
        _staff(tx, person, staff_id)
        tx.people.set_password(staff_id, hashed)
        tx.people.end_sessions_of(staff_id, now)
        tx.log.add(LogEntry("staff.password_changed", staff_id, person, now))


@retried
def drop_second_step(store: Store, person: Person, staff_id: UUID, now: datetime) -> None:
    """Take the second step from an account whose phone and spare codes are lost.

    All its sessions end. Raises `Refused`: `role.may_not`, `staff.unknown`.
    """
    require(person, ACTION)
    with store.transaction() as tx:
        _staff(tx, person, staff_id)
        tx.people.drop_second_step(staff_id)
        tx.people.end_sessions_of(staff_id, now)
        tx.log.add(LogEntry("staff.second_step_dropped", staff_id, person, now))


@retried
def end_sessions(
    store: Store, person: Person, staff_id: UUID, now: datetime, session_id: UUID | None = None
) -> None:
    """End one session of an account, or all. Raises `Refused`: `role.may_not`, `staff.unknown`."""
    require(person, ACTION)
    with store.transaction() as tx:
        _staff(tx, person, staff_id)
        if session_id is None:
            tx.people.end_sessions_of(staff_id, now)
        else:
            tx.people.end_session_of(staff_id, session_id, now)
        tx.log.add(LogEntry("staff.sessions_ended", staff_id, person, now))


def account_named(store: Store, username: str) -> Staff:
    """The account of this very name. Raises `Refused("staff.unknown")`."""
    try:
        staff = store.people.staff_named(_clean(username))
    except Refused:
        staff = None
    if staff is None:
        raise Refused("staff.unknown", "username", name=username)
    return staff


def _staff(tx: Transaction, person: Person, staff_id: UUID) -> Staff:
    _require_admin(tx, person)
    staff = tx.people.staff_member(staff_id)
    if staff is None:
        raise Refused("staff.unknown", "username", name=staff_id)
    return staff


def _require_admin(tx: Transaction, person: Person) -> None:
    """Refuse a member of staff who is no admin any more; commands of the operator have no account.

    What `person` says was read before the transaction.
    """
    if person.staff_id is None:
        return
    staff = tx.people.staff_member(person.staff_id)
    if staff is None or staff.is_disabled or staff.role is not Role.ADMIN:
        raise Refused("role.may_not")


def _require_an_admin_left(tx: Transaction, before: Staff) -> None:
    """Refuse where it was the last admin, who is none after the change."""
    was_admin = before.role is Role.ADMIN and not before.is_disabled
    if was_admin and not tx.people.count_admins():
        raise Refused("staff.last_admin")


def _require_free(tx: Transaction, name: str, staff_id: UUID | None) -> None:
    """Refuse a name that another account has, or one that looks like it: `VER1` beside `ver1`."""
    own = skeleton(name)
    for other in tx.people.staff_list():
        if other.staff_id != staff_id and skeleton(other.username) == own:
            raise Refused("staff.name_taken", "username", name=other.username)


def _clean(username: str) -> str:
    name = clean_name(username, "username", NAME_LENGTH, may_claim=True)
    if not name:
        raise Refused("staff.name_empty", "username")
    return name


def _role(role: str) -> Role:
    if role not in list(Role):
        raise Refused("staff.role", "role")
    return Role(role)
