"""Who may do what: one table, read by every use case that writes or reads non-public data."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from observations.base.errors import Refused


class Role(StrEnum):
    """What a member of staff is trusted with."""

    VERIFIER = "verifier"
    ORGANISER = "organiser"
    ADMIN = "admin"


@dataclass(frozen=True)
class Person:
    """Who makes a request: an observer, a member of staff, both, or neither."""

    observer_id: UUID | None = None
    staff_id: UUID | None = None
    role: Role | None = None


NOBODY = Person()
VISIT = "visit"  # what everyone may do

_MAY: dict[str, frozenset[Role]] = {
    "verify": frozenset({Role.VERIFIER, Role.ADMIN}),
    "see_exact_place": frozenset({Role.VERIFIER, Role.ADMIN}),
    "see_unreleased": frozenset({Role.VERIFIER, Role.ADMIN}),
    "judge_case": frozenset({Role.VERIFIER, Role.ADMIN}),
    "announce_case": frozenset({Role.ADMIN}),
    "keep_sites": frozenset({Role.ORGANISER, Role.ADMIN}),
    "keep_names": frozenset({Role.VERIFIER, Role.ORGANISER, Role.ADMIN}),
    "run_festival": frozenset({Role.ORGANISER, Role.ADMIN}),
    "manage_taxa": frozenset({Role.ORGANISER, Role.ADMIN}),
    "edit_catalogue": frozenset({Role.ADMIN}),
    "make_codes": frozenset({Role.ORGANISER, Role.ADMIN}),
    "run_waves": frozenset({Role.ORGANISER, Role.ADMIN}),
    "answer_concerns": frozenset({Role.VERIFIER, Role.ADMIN}),
    "manage_staff": frozenset({Role.ADMIN}),
    "manage_datasets": frozenset({Role.ADMIN}),
}


def may(person: Person, action: str) -> bool:
    """Whether `person` may do `action`. Raises `KeyError` for one that is not in the table."""
    return action == VISIT or person.role in _MAY[action]


def require(person: Person, action: str) -> None:
    """Raise `Refused("role.may_not")` unless `person` may do `action`."""
    if not may(person, action):
        raise Refused("role.may_not")
