"""Who may do what: one table, read by every use case that writes or reads non-public data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from observations.base.errors import Refused
from observations.base.wording import N_


class Role(StrEnum):
    """What a member of staff is trusted with."""

    VERIFIER = "verifier"
    ORGANISER = "organiser"
    ADMIN = "admin"


ROLE_NAMES: Mapping[Role, str] = MappingProxyType(
    {Role.VERIFIER: N_("核实员"), Role.ORGANISER: N_("组织者"), Role.ADMIN: N_("管理员")}
)


@dataclass(frozen=True)
class Person:
    """Who makes a request: an observer, a member of staff, both, or neither.

    `system_user` is the name on the machine of whoever runs a command.
    """

    observer_id: UUID | None = None
    staff_id: UUID | None = None
    role: Role | None = None
    system_user: str = ""


NOBODY = Person()
OPERATOR = Person(role=Role.ADMIN)  # whoever may run commands can open the store anyway
VISIT = "visit"  # what everyone may do

_MAY: dict[str, frozenset[Role]] = {
    "verify": frozenset({Role.VERIFIER, Role.ADMIN}),
    "see_exact_place": frozenset({Role.VERIFIER, Role.ADMIN}),
    "see_unreleased": frozenset({Role.VERIFIER, Role.ADMIN}),
    "keep_rules": frozenset({Role.ADMIN}),
    "keep_replies": frozenset({Role.VERIFIER, Role.ADMIN}),
    "judge_case": frozenset({Role.VERIFIER, Role.ADMIN}),
    "announce_case": frozenset({Role.ADMIN}),
    "keep_sites": frozenset({Role.ORGANISER, Role.ADMIN}),
    "keep_names": frozenset({Role.VERIFIER, Role.ORGANISER, Role.ADMIN}),
    "keep_order": frozenset({Role.VERIFIER, Role.ADMIN}),
    "run_festival": frozenset({Role.ORGANISER, Role.ADMIN}),
    "manage_taxa": frozenset({Role.ORGANISER, Role.ADMIN}),
    "edit_catalogue": frozenset({Role.ADMIN}),
    "make_codes": frozenset({Role.ORGANISER, Role.ADMIN}),
    "run_waves": frozenset({Role.ORGANISER, Role.ADMIN}),
    "answer_concerns": frozenset({Role.VERIFIER, Role.ADMIN}),
    "manage_staff": frozenset({Role.ADMIN}),
    "read_log": frozenset({Role.ADMIN}),
    "own_account": frozenset(Role),
    "manage_datasets": frozenset({Role.ADMIN}),
}


def may(person: Person, action: str) -> bool:
    """Whether `person` may do `action`. Raises `KeyError` for one that is not in the table."""
    return action == VISIT or person.role in _MAY[action]


def roles_that_may(action: str) -> list[Role]:
    """The roles that may do `action`. Raises `KeyError` for one that is not in the table."""
    return sorted(_MAY[action])


def require(person: Person, action: str) -> None:
    """Raise `Refused("role.may_not")` unless `person` may do `action`."""
    if not may(person, action):
        raise Refused("role.may_not")
