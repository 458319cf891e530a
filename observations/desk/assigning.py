"""Saying whose work a group or a district is."""

from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.desk.assignment import Assignment
from observations.desk.store import Store
from observations.log.entries import LogEntry
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import group_of

ACTION = "manage_staff"
MOST = 30  # of one member of staff


@retried
def assign(
    store: Store,
    person: Person,
    staff_id: UUID,
    group_code: str | None,
    district: str | None,
    now: datetime,
) -> Assignment:
    """Make a group, a district, or a group in a district somebody's work; again changes nothing.

    Raises `Refused`: `role.may_not`, `staff.unknown`, `assignment.empty`, `assignment.too_many`.
    """
    require(person, ACTION)
    is_known = group_of(group_code) or not group_code
    if not is_known or (district and district not in DISTRICTS) or not (group_code or district):
        raise Refused("assignment.empty")
    made = Assignment(new_id(now), staff_id, group_code or None, district or None)
    with store.transaction() as tx:
        if tx.people.staff_member(staff_id) is None:
            raise Refused("staff.unknown", "username", name=staff_id)
        theirs = [one for one in tx.desk.assignments() if one.staff_id == staff_id]
        for one in theirs:
            if (one.group_code, one.district) == (made.group_code, made.district):
                return one
        if len(theirs) >= MOST:
            raise Refused("assignment.too_many", limit=MOST)
        tx.desk.add_assignment(made, person.staff_id, now)
        details: dict[str, object] = {"group": made.group_code, "district": made.district}
        tx.log.add(LogEntry("assignment.made", staff_id, person, now, details))
    return made


@retried
def end_assignment(store: Store, person: Person, assignment_id: UUID, now: datetime) -> None:
    """End one; once ended it stays so. Raises `Refused("role.may_not")`."""
    require(person, ACTION)
    with store.transaction() as tx:
        for one in tx.desk.assignments():
            if one.assignment_id == assignment_id:
                tx.desk.drop_assignment(assignment_id)
                tx.log.add(LogEntry("assignment.ended", one.staff_id, person, now))
