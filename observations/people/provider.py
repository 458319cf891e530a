"""Staff who sign in with an account of the bureau's own provider (OpenID Connect).

The provider says who they are and what they may do; the first sign-in makes their account here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.names import clean_name, skeleton
from observations.base.retrying import retried
from observations.base.roles import OPERATOR, Role
from observations.log.entries import AFTER, BEFORE, LogEntry
from observations.people.signing_in import USUAL, start_session
from observations.people.staff import NAME_LENGTH, NO_PASSWORD, Lasting, Staff
from observations.people.store import Store, Transaction

STRONGEST_FIRST = (Role.ADMIN, Role.ORGANISER, Role.VERIFIER)


@dataclass(frozen=True)
class Identity:
    """Who a provider says somebody is; `subject` is unique at `issuer`, `name` is for people."""

    issuer: str
    subject: str
    name: str
    role: Role


def role_of(groups: Collection[str], roles: Mapping[str, str]) -> Role:
    """The strongest role that somebody's groups at the provider stand for.

    Raises `Refused("staff.no_role")` where none does.
    """
    held = {roles[group] for group in groups if group in roles}
    for role in STRONGEST_FIRST:
        if role in held:
            return role
    raise Refused("staff.no_role")


@retried
def sign_in_by_provider(
    store: Store,
    identity: Identity,
    device_id: UUID | None,
    now: datetime,
    lasting: Lasting = USUAL,
) -> str:
    """Start a session of whom the provider has vouched for; gives its token.

    Their role is what the provider says now, but that the last admin stays one. Raises
    `Refused("staff.closed")` where an admin disabled the account here.
    """
    with store.transaction() as tx:
        staff_id = tx.people.staff_of_identity(identity.issuer, identity.subject)
        staff = tx.people.staff_member(staff_id) if staff_id else None
        if staff is None:
            staff = _added(tx, identity, now)
        if staff.is_disabled:
            raise Refused("staff.closed")
        if staff.role is not identity.role:
            _change_role(tx, staff, identity.role, now)
        return start_session(tx, staff, device_id, now, lasting)


def _added(tx: Transaction, identity: Identity, now: datetime) -> Staff:
    name = _free_name(tx, identity.name)
    staff = Staff(new_id(now), name, NO_PASSWORD, identity.role, False, False, now)
    tx.people.add_staff(staff)
    tx.people.add_identity(identity.issuer, identity.subject, staff.staff_id, now)
    tx.log.add(LogEntry("staff.added", staff.staff_id, OPERATOR, now, {AFTER: identity.role}))
    return staff


def _free_name(tx: Transaction, wish: str) -> str:
    """The name at the provider, cut to length, with a number where another looks like it."""
    name = clean_name(wish[:NAME_LENGTH], "username", NAME_LENGTH, may_claim=True) or "staff"
    taken = {skeleton(staff.username) for staff in tx.people.staff_list()}
    number, free = 1, name
    while skeleton(free) in taken:
        number += 1
        free = f"{name[: NAME_LENGTH - 6]} {number}"
    return free


def _change_role(tx: Transaction, staff: Staff, role: Role, now: datetime) -> None:
    if staff.role is Role.ADMIN and tx.people.count_admins() == 1:
        return
    tx.people.set_role(staff.staff_id, role)
    details = {BEFORE: staff.role, AFTER: role}
    tx.log.add(LogEntry("staff.role_changed", staff.staff_id, OPERATOR, now, details))
